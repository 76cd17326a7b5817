import type { Comparison, LineGrowth } from '../../comparison/comparison.ts';
import { formatBytes, formatChange } from '../../text/bytes.ts';
import { sanitize } from '../../text/sanitize.ts';
import { cutToWidth } from '../../text/table.ts';

/** Lines that the verdict names. */
const named = 2;
const stepWidth = 40;

/** `+30.2 MB (+12 %)`, or what there is to say where it is neither. */
export function changeInWords({ size }: Pick<Comparison, 'size'>): string {
  if (size.change === 0) return 'The same size';
  return `${formatChange(size.change)}${percentOf(size)}`;
}

/** ` (+12 %)`; nothing where there was nothing. */
export function percentOf({ old, change }: Comparison['size']): string {
  if (old === 0 || change === 0) return '';
  const percent = (Math.abs(change) / old) * 100;
  const sign = change > 0 ? '+' : '-';
  if (percent < 0.1) return ` (<${sign}0.1 %)`;
  return ` (${sign}${percent.toFixed(percent < 9.95 ? 1 : 0)} %)`;
}

/** Which lines it comes from: `line 14 adds 30.0 MB`. Empty where none changed. */
export function causeInWords({ lines, size, layers }: Pick<Comparison, 'lines' | 'size' | 'layers'>): string {
  // The smaller ones that go the other way are in the table.
  const direction = size.change === 0 ? 0 : Math.sign(size.change);
  const causes = lines
    .filter(({ change }) => change !== 0 && (direction === 0 || Math.sign(change) === direction))
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change));
  if (causes.length === 0) return layers.added.length + layers.removed.length === 0 ? 'the layers are the same' : '';
  const largest = Math.abs(causes[0]?.change ?? 0);
  // A second one is worth a word where it is no trifle beside the first.
  const told = causes.slice(0, named).filter(({ change }) => Math.abs(change) * 10 >= largest);
  return told.map(inWords).join(', ');
}

function inWords(line: LineGrowth): string {
  const { kind, change, location, text } = line;
  const bytes = formatBytes(Math.abs(change));
  if (kind === 'base') return `the base image ${change > 0 ? 'grew' : 'shrank'} by ${bytes}`;
  const who = location === null ? sanitize(cutToWidth(text, stepWidth)) : `line ${location.startLine}`;
  if (kind === 'removed') return `${location === null ? who : `${who} of before`} is gone, and ${bytes} with it`;
  if (kind === 'added') return `${who} adds ${bytes}`;
  return change > 0 ? `${who} adds ${bytes} more` : `${who} adds ${bytes} less`;
}
