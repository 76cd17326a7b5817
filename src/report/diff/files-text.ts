import type { Comparison, FileChange, FileChanges } from '../../comparison/comparison.ts';
import { formatChange } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import { sanitize } from '../../text/sanitize.ts';
import { type Cell, cutPath, layTable, withoutEmpty } from '../../text/table.ts';
import { type TextStyle, titled } from '../text-style.ts';
import { fileCounts } from './file-counts.ts';
import { paintOfChange } from './paint-of-change.ts';

const listed = 15;

const kindWords: Readonly<Record<FileChange['kind'], string>> = {
  added: 'new',
  removed: 'gone',
  grown: 'grown',
  shrunk: 'shrunk',
};

/** The files with the largest change, and how many there are; nothing where nobody knows. */
export function fileSection({ files }: Pick<Comparison, 'files'>, { width, paint }: TextStyle): string[] {
  if (files === null) return [`${paint.strong('Files')}  not known: a saved report has no list of them`];
  const head = `${paint.strong('Files')}  ${countsOf(files)}`;
  if (files.entries.length === 0) return [head];
  const rows = files.entries
    .slice(0, listed)
    .map((file): Cell[] => [
      { text: formatChange(file.change), paint: paintOfChange(file.change, paint) },
      { text: kindWords[file.kind] },
      { text: placeOf(file), paint: paint.faint },
      { text: cutPath(sanitize(file.path), Math.max(20, width - 32)) },
    ]);
  const columns = [
    { title: 'change', align: 'right' },
    { title: '', align: 'left' },
    { title: 'by', align: 'left' },
    { title: 'file', align: 'left' },
  ] as const;
  const table = withoutEmpty(columns, rows);
  const more = files.entries.length - rows.length;
  return [
    head,
    ...titled(layTable(table.columns, table.rows, width), paint),
    ...(more > 0 ? [paint.faint(`and ${plural(more, 'file')} more: --json lists them all`)] : []),
  ];
}

function countsOf(files: FileChanges): string {
  const counts = fileCounts(files);
  return counts.length === 0 ? 'none is added, removed, grown or shrunk' : counts.join(' · ');
}

/** The line that wrote it, or the layer where no line is known; of what is gone, in the old image. */
function placeOf({ line, layer, kind }: FileChange): string {
  const place = line === null ? `layer ${layer}` : `line ${line}`;
  return kind === 'removed' ? `was ${place}` : place;
}
