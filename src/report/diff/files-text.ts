import type { Comparison, FileChange, FileChanges } from '../../comparison/comparison.ts';
import { formatChange } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import { sanitize } from '../../text/sanitize.ts';
import { type Cell, cutPath, layTable, withoutEmpty } from '../../text/table.ts';
import { type TextStyle, titled } from '../text-style.ts';
import { changedPlaces } from './changed-places.ts';
import { fileCounts, placeCounts } from './file-counts.ts';
import { paintOfChange } from './paint-of-change.ts';

const listed = 15;

/** Where files changed most, and how many there are; a sentence where nobody knows. */
export function fileSection({ files }: Pick<Comparison, 'files'>, { width, paint }: TextStyle): string[] {
  if (files === null) return [`${paint.strong('Files')}  not known: a saved report has no list of them`];
  const head = `${paint.strong('Files')}  ${countsOf(files)}`;
  const places = changedPlaces(files.entries);
  if (places.length === 0) return [head];
  const rows = places
    .slice(0, listed)
    .map((place): Cell[] => [
      { text: formatChange(place.change), paint: paintOfChange(place.change, paint) },
      { text: placeCounts(place) },
      { text: makerOf(place.files), paint: paint.faint },
      { text: cutPath(sanitize(place.path), Math.max(20, width - 36)) },
    ]);
  const columns = [
    { title: 'change', align: 'right' },
    { title: '', align: 'left' },
    { title: 'by', align: 'left' },
    { title: 'where', align: 'left' },
  ] as const;
  const table = withoutEmpty(columns, rows);
  const more = places.length - rows.length;
  return [
    head,
    ...titled(layTable(table.columns, table.rows, width), paint),
    ...(more > 0 ? [paint.faint(`and ${plural(more, 'place')} more: --json lists every file`)] : []),
  ];
}

function countsOf(files: FileChanges): string {
  const counts = fileCounts(files);
  return counts.length === 0 ? 'none is added, removed, grown or shrunk' : counts.join(' · ');
}

/** The line that wrote them, or the layer where no line is known; nothing where there are several. */
function makerOf(files: readonly FileChange[]): string {
  const makers = new Set(files.map(makerOfFile));
  const [maker = ''] = makers;
  return makers.size === 1 ? maker : '';
}

/** Of what is gone, in the old image. */
function makerOfFile({ line, layer, kind }: FileChange): string {
  const place = line === null ? `layer ${layer}` : `line ${line}`;
  return kind === 'removed' ? `was ${place}` : place;
}
