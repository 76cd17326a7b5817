import type { LineGrowth } from '../../comparison/comparison.ts';
import { formatBytes, formatChange } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import { type Cell, layTable, withoutEmpty } from '../../text/table.ts';
import { type TextStyle, titled } from '../text-style.ts';
import { changedLines, fileOfLines, kindWords, mostChanged, placeOfLine, shownFile } from './changed-lines.ts';
import { paintOfChange } from './paint-of-change.ts';

const listed = 12;

/** Where the growth comes from, by line, most growth first; nothing where nothing changed. */
export function growthSection(lines: readonly LineGrowth[], { width, paint }: TextStyle): string[] {
  const changed = changedLines(lines);
  if (changed.length === 0) return [];
  const shown = mostChanged(changed, listed);
  const file = fileOfLines(shown);
  const rows = shown.map((line): Cell[] => [
    { text: formatChange(line.change), paint: paintOfChange(line.change, paint) },
    { text: line.oldLayers.length === 0 ? '' : formatBytes(line.oldBytes) },
    { text: line.newLayers.length === 0 ? '' : formatBytes(line.newBytes) },
    { text: placeOfLine(line, file), paint: paint.faint },
    { text: kindWords[line.kind], paint: paint.changed },
    { text: line.text },
  ]);
  const columns = [
    { title: 'change', align: 'right' },
    { title: 'before', align: 'right' },
    { title: 'now', align: 'right' },
    { title: 'line', align: 'left' },
    { title: '', align: 'left' },
    { title: '', align: 'left' },
  ] as const;
  const table = withoutEmpty(columns, rows);
  const [more, same] = [changed.length - shown.length, lines.length - changed.length];
  const rest = [
    ...(more > 0 ? [`${more} more with a smaller change`] : []),
    ...(same > 0 ? [`${plural(same, 'step')} without a change`] : []),
  ];
  return [
    `${paint.strong('Growth by line')}${file === null ? '' : `  ${paint.faint(shownFile(file))}`}`,
    ...titled(layTable(table.columns, table.rows, width), paint),
    ...(rest.length === 0 ? [] : [paint.faint(`and ${rest.join(', ')}`)]),
  ];
}
