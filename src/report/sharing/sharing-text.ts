import type { Sharing } from '../../comparison/sharing.ts';
import { formatBytes } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import { type Cell, layTable } from '../../text/table.ts';
import { shownReference } from '../diff/shown-reference.ts';
import { sectionsToPage, type TextStyle, titled } from '../text-style.ts';
import { sharingInWords } from './sharing-words.ts';

const listed = 15;

/** `layerscope diff` of several images for people. Everything from an image is sanitised. */
export function sharingText(sharing: Sharing, style: TextStyle): string {
  return sectionsToPage([
    [style.paint.strong(sharingInWords(sharing))],
    images(sharing, style),
    layers(sharing, style),
  ]);
}

function images(sharing: Sharing, { width, paint }: TextStyle): string[] {
  const rows = sharing.images.map((image, at): Cell[] => [
    { text: String(at + 1), paint: paint.faint },
    { text: formatBytes(image.sizeBytes) },
    { text: formatBytes(image.uniqueBytes) },
    { text: formatBytes(image.sharedBytes) },
    { text: String(image.layerCount) },
    { text: shownReference(image) },
  ]);
  const columns = [
    { title: '#', align: 'right' },
    { title: 'size', align: 'right' },
    { title: 'alone', align: 'right' },
    { title: 'shared', align: 'right' },
    { title: 'layers', align: 'right' },
    { title: 'image', align: 'left' },
  ] as const;
  return titled(layTable(columns, rows, width), paint);
}

function layers({ layers: all, images: compared }: Sharing, { width, paint }: TextStyle): string[] {
  const shared = all.filter((layer) => layer.images.length > 1);
  if (shared.length === 0) return ['No layer is in more than one of them.'];
  const rows = shared
    .slice(0, listed)
    .map((layer): Cell[] => [
      { text: formatBytes(layer.sizeBytes) },
      { text: layer.images.length === compared.length ? 'all' : layer.images.map((at) => at + 1).join(' ') },
      { text: layer.step },
    ]);
  const columns = [
    { title: 'size', align: 'right' },
    { title: 'in', align: 'left' },
    { title: '', align: 'left' },
  ] as const;
  const more = shared.length - rows.length;
  return [
    paint.strong('Shared layers'),
    ...titled(layTable(columns, rows, width), paint),
    ...(more > 0 ? [paint.faint(`and ${plural(more, 'layer')} more: --json lists them all`)] : []),
  ];
}
