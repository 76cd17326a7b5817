import { toTime } from '../../report/listing.ts';
import { decodeBytes } from '../../text/byte-string.ts';
import type { CompareRow } from './comparison.ts';
import type { FileVersion } from './file-version.ts';

type Fact = readonly [name: string, of: (version: FileVersion) => string | null];

/** What is said of a file besides its content; null where there is nothing to say. */
const facts: readonly Fact[] = [
  ['type', ({ type }) => type],
  ['size', ({ type, sizeBytes }) => (type === 'file' ? `${sizeBytes} B` : null)],
  ['mode', ({ mode }) => mode.toString(8).padStart(4, '0')],
  ['owner', ({ uid, gid }) => `${uid}:${gid}`],
  ['mtime', ({ mtime }) => (mtime === null ? null : (toTime(mtime) ?? `${mtime} s`))],
  // A newline in a target must not begin another row.
  [
    'target',
    ({ linkTarget }) => (linkTarget === null ? null : decodeBytes(linkTarget).replaceAll('\n', String.raw`\n`)),
  ],
];

/** One row for what both have in common, two for what differs. */
export function compareFacts(below: FileVersion | null, here: FileVersion | null): CompareRow[] {
  return facts.flatMap(([name, of]): CompareRow[] => {
    const [before, after] = [below, here].map((version) => (version === null ? null : of(version)));
    const text = (value: string): string => `${name.padEnd(6)} ${value}`;
    if (before === after) return before == null ? [] : [{ kind: 'same', text: text(before) }];
    return [
      ...(before == null ? [] : [{ kind: 'removed' as const, text: text(before) }]),
      ...(after == null ? [] : [{ kind: 'added' as const, text: text(after) }]),
    ];
  });
}
