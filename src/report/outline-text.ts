import { shownText } from '../dockerfile/shown-text.ts';
import { entrySummary } from '../dockerfile/rebuild.ts';
import { bar } from '../text/bar.ts';
import { formatBytes } from '../text/bytes.ts';
import { plural } from '../text/plural.ts';
import { sanitize } from '../text/sanitize.ts';
import { type Cell, layTable } from '../text/table.ts';
import { type Outline, storedBytes } from './outline.ts';
import { fit } from './text-dockerfile.ts';
import { identity } from './text-header.ts';
import { sectionsToPage, type TextStyle, titled } from './text-style.ts';
import { warningSection } from './text-warnings.ts';

const barWidth = 10;

/** The outline as a page for people; everything from the image is sanitised. */
export function outlineText(outline: Outline, style: TextStyle): string {
  return sectionsToPage([
    header(outline, style),
    layers(outline, style),
    dockerfile(outline, style),
    warningSection(outline, style),
    [style.paint.faint('From manifest and configuration alone; the layers were not read.')],
  ]);
}

function header({ image }: Outline, { paint }: TextStyle): string[] {
  const size =
    image.compressedBytes === null ? '' : `${paint.strong(formatBytes(image.compressedBytes))} compressed in `;
  return [identity(image, paint), `${size}${plural(image.layerCount, 'layer')}`];
}

function layers({ layers: all }: Outline, { width, paint }: TextStyle): string[] {
  const total = all.reduce((sum, layer) => sum + (storedBytes(layer) ?? 0), 0);
  const rows = all.map((layer): Cell[] => {
    const bytes = storedBytes(layer);
    return [
      { text: String(layer.index), paint: paint.faint },
      { text: bytes === null ? '' : formatBytes(bytes) },
      { text: bar((bytes ?? 0) / Math.max(1, total), barWidth).padEnd(barWidth), paint: paint.bar },
      { text: entrySummary(layer.history) },
    ];
  });
  const columns = [
    { title: '#', align: 'right' },
    { title: 'stored', align: 'right' },
    { title: '', align: 'left' },
    { title: 'instruction', align: 'left' },
  ] as const;
  return titled(layTable(columns, rows, width), paint);
}

function dockerfile({ dockerfile: file, layers: all }: Outline, { width, paint }: TextStyle): string[] {
  if (file === null) return [];
  const rows = file.instructions.map((line): Cell[] => {
    const bytes = line.layers.map((layer) => all[layer]).map((layer) => (layer ? storedBytes(layer) : null));
    const known = bytes.length > 0 && bytes.every((one) => one !== null);
    return [
      { text: String(line.startLine), paint: paint.faint },
      { text: known ? formatBytes(bytes.reduce((sum, one) => sum + one, 0)) : '' },
      { text: shownText(line) },
    ];
  });
  const columns = [
    { title: 'line', align: 'right' },
    { title: 'stored', align: 'right' },
    { title: '', align: 'left' },
  ] as const;
  return [
    `${paint.strong(sanitize(file.file))}  ${paint.faint(fit(file))}`,
    ...titled(layTable(columns, rows, width), paint),
  ];
}
