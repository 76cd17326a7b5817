import { entrySummary } from '../dockerfile/rebuild.ts';
import { shadedBar } from '../text/bar.ts';
import { formatBytes } from '../text/bytes.ts';
import { type Cell, layTable } from '../text/table.ts';
import type { Paint } from './paint.ts';
import type { Report, ReportLayer } from './report.ts';
import { type TextStyle, titled } from './text-style.ts';

const barWidth = 10;

/** The layers: size, share, changes, waste, step. */
export function layerTable({ layers, image }: Report, { width, paint }: TextStyle): string[] {
  const rows = layers.map((layer): Cell[] => [
    { text: String(layer.index), paint: paint.faint },
    { text: formatBytes(layer.sizeBytes) },
    shareCell(layer, image.sizeBytes, paint),
    count('+', layer.added.files, paint.good),
    count('~', layer.modified.files + layer.metadataOnly.files + layer.identical.files, paint.changed),
    count('-', layer.removed.files, paint.bad),
    layer.wastedBytes === 0 ? { text: '' } : { text: formatBytes(layer.wastedBytes), paint: paint.bad },
    { text: instruction(layer) },
  ]);
  const titles = ['#', 'size', '', 'added', 'changed', 'removed', 'wasted', 'instruction'] as const;
  const columns = titles.map(
    (title) => ({ title, align: title === '' || title === 'instruction' ? 'left' : 'right' }) as const,
  );
  return titled(layTable(columns, rows, width), paint);
}

/** A layer's share of the image, the wasted part of it shaded. */
function shareCell({ sizeBytes, wastedBytes }: ReportLayer, imageBytes: number, paint: Paint): Cell {
  const { plain, shade } = shadedBar(
    sizeBytes / Math.max(1, imageBytes),
    wastedBytes / Math.max(1, sizeBytes),
    barWidth,
  );
  const padding = ' '.repeat(barWidth - plain.length - shade.length);
  return { text: plain + shade + padding, paint: () => paint.bar(plain) + paint.bad(shade) + padding };
}

function count(sign: string, files: number, paint: (text: string) => string): Cell {
  return files === 0 ? { text: '' } : { text: `${sign}${files}`, paint };
}

/** The step of a layer on one line, or what is known instead. */
export function instruction(layer: ReportLayer | undefined): string {
  return entrySummary(layer?.history ?? null);
}
