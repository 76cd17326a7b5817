import type { LineRange } from '../dockerfile/dockerfile.ts';
import type { Mapping } from '../dockerfile/mapping.ts';
import { instructionAt } from './layer-steps.ts';
import type { Finding } from './rules.ts';

/** A finding with the lines it is about; null where they are not known. */
export interface LocatedFinding extends Finding {
  readonly location: LineRange | null;
}

/**
 * Puts findings on the lines that made their layers, and leaves out those that a comment of the line silences
 * (`# layerscope ignore=RULE reason`).
 */
export function locateFindings(findings: readonly Finding[], mapping: Mapping): LocatedFinding[] {
  return findings.flatMap((finding): LocatedFinding[] => {
    const instruction = finding.layer === null ? null : (mapping.layers[finding.layer]?.instruction ?? null);
    if (instruction === null || mapping.dockerfile === null) return [{ ...finding, location: null }];
    const { startLine, endLine } = instruction;
    const ignores = instructionAt(mapping.dockerfile, startLine)?.ignores ?? [];
    if (ignores.some(({ rules }) => rules.includes(finding.rule))) return [];
    return [{ ...finding, location: { startLine, endLine } }];
  });
}
