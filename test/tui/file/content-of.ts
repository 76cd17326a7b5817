import type { FileContent } from '../../../src/tui/file/content.ts';
import { decodeText } from '../../../src/tui/file/text-encoding.ts';
import type { Line } from '../../../src/tui/line.ts';

/** A file's content as it would be read. @param sizeBytes of the whole file, if these bytes are a part */
export function contentOf(content: string | Buffer, sizeBytes?: number): FileContent {
  const bytes = Buffer.from(content);
  const size = sizeBytes ?? bytes.length;
  const text = decodeText(bytes, size) !== null;
  return { path: '/file', ref: { layer: 0, entry: 0 }, sizeBytes: size, bytes, format: null, text };
}

/** What a row says, without its looks. */
export function plainText(line: Line): string {
  return line.map(({ text }) => text).join('');
}

/** A row with what is not plain in brackets: `[faint:1 ]text`. */
export function marked(line: Line): string {
  return line.map(({ text, role }) => (role === 'plain' ? text : `[${role}:${text}]`)).join('');
}
