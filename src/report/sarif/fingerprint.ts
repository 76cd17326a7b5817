import { createHash } from 'node:crypto';
import type { Report } from '../report.ts';
import { shownText } from '../../dockerfile/shown-text.ts';
import type { Remark } from '../remarks/remark.ts';

/**
 * Tells the same remark of two runs to be the same: by its rule, the instruction, and what it is about, not by lines and
 * figures, which change. Those that are the same in all of that are numbered.
 */
export function fingerprints(report: Report, remarks: readonly Remark[], pathOf: (file: string) => string): string[] {
  const texts = new Map(report.dockerfile?.instructions.map((line) => [line.startLine, shownText(line)]));
  const counts = new Map<string, number>();
  return remarks.map(({ rule, place, subject }) => {
    // A budget may move from line to line with the growth, and is the same one.
    const instruction = rule.startsWith('budget/') || place === null ? '' : (texts.get(place.startLine) ?? '');
    const parts = [rule, place === null ? '' : pathOf(place.file), instruction, subject];
    const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
    const count = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, count);
    return `${hash}:${count}`;
  });
}
