import type { Report } from '../report.ts';
import type { Place } from './remark.ts';

/**
 * Where to put what belongs to no line: on the FROM of the stage that the image is, for the image as a whole starts there.
 * Null where no Dockerfile is known.
 */
export function homeOf(report: Pick<Report, 'dockerfile' | 'layers'>): Place | null {
  const { dockerfile, layers } = report;
  if (dockerfile === null) return null;
  const stage = layers.findLast(({ instruction }) => instruction !== null)?.instruction?.stage;
  const { file, instructions } = dockerfile;
  const last = instructions.findLast(({ keyword }) => keyword === 'FROM') ?? { startLine: 1, endLine: 1 };
  const home = stage === undefined ? null : stageHome(report, stage);
  return home ?? { file, startLine: last.startLine, endLine: last.endLine };
}

/** The FROM of a stage; case does not matter in its name. Null where there is none. */
export function stageHome({ dockerfile }: Pick<Report, 'dockerfile'>, stage: string): Place | null {
  if (dockerfile === null) return null;
  const from = dockerfile.instructions.find(
    (each) => each.keyword === 'FROM' && each.stage?.toLowerCase() === stage.toLowerCase(),
  );
  return from === undefined ? null : { file: dockerfile.file, startLine: from.startLine, endLine: from.endLine };
}
