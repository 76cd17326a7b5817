import type { Report } from '../report.ts';
import type { Place } from './remark.ts';

/**
 * Where to put what belongs to no line: on the FROM of the stage that the image is, for the image as a whole starts there.
 * Null where no Dockerfile is known.
 */
export function homeOf({ dockerfile, layers }: Pick<Report, 'dockerfile' | 'layers'>): Place | null {
  if (dockerfile === null) return null;
  const { file, instructions } = dockerfile;
  const stage = layers.findLast(({ instruction }) => instruction !== null)?.instruction?.stage;
  const froms = instructions.filter(({ keyword }) => keyword === 'FROM');
  const from = froms.find((each) => each.stage === stage) ?? froms.at(-1) ?? { startLine: 1, endLine: 1 };
  return { file, startLine: from.startLine, endLine: from.endLine };
}
