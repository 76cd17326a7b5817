import type { Analysis } from '../analysis/analysis.ts';
import { lineCosts } from '../analysis/line-costs.ts';
import type { MappedLayer, Mapping } from '../dockerfile/mapping.ts';
import type { LocatedFinding } from '../rules/located-findings.ts';
import type { ReportDockerfile, ReportFinding, ReportInstruction } from './report.ts';
import { decodePath } from '../text/decoded-path.ts';

/** The Dockerfile with its costs; null where there is none. @param file its path */
export function reportDockerfile(mapping: Mapping, file: string | null, analysis: Analysis): ReportDockerfile | null {
  const { dockerfile } = mapping;
  if (dockerfile === null || file === null) return null;
  return {
    ...reportFit(mapping, file),
    instructions: lineCosts(dockerfile, mapping, analysis).map(({ instruction, ...cost }) => ({
      startLine: instruction.startLine,
      endLine: instruction.endLine,
      stage: cost.stage,
      keyword: instruction.keyword,
      text: instruction.text,
      confidence: cost.confidence,
      layers: cost.layers,
      addedBytes: cost.addedBytes,
      visibleBytes: cost.visibleBytes,
      wastedBytes: cost.wastedBytes,
      wastesBytes: cost.wastesBytes,
    })),
  };
}

/** How well a Dockerfile and the image go together. */
export function reportFit(mapping: Mapping, file: string): Omit<ReportDockerfile, 'instructions'> {
  return {
    file,
    builder: mapping.builder,
    baseLayers: mapping.baseLayers,
    baseEvidence: mapping.evidence,
    unmatchedLayers: mapping.unmatchedLayers,
    unmatchedInstructions: mapping.unmatchedInstructions,
  };
}

/** The lines of a layer; null where they are not known. */
export function reportInstruction({ instruction }: MappedLayer, file: string): ReportInstruction | null {
  if (instruction === null) return null;
  const { startLine, endLine, stage, keyword, text, confidence } = instruction;
  return { file, startLine, endLine, stage, keyword, text, confidence };
}

export function reportFinding(finding: LocatedFinding, file: string | null): ReportFinding {
  const { rule, severity, message, help, location, layer, path, bytes, fix } = finding;
  return {
    rule,
    severity,
    message,
    help,
    location: location === null || file === null ? null : { file, ...location },
    layer,
    ...(path === null ? { path: null } : decodePath(path)),
    bytes,
    seconds: null,
    fix,
  };
}
