import { problem } from '../../errors.ts';
import type { EntryRef } from '../../filesystem/entry-ref.ts';
import { type ByteString, printable } from '../../text/byte-string.ts';
import { fileText } from '../../tui/file/file-text.ts';
import type { LoadedImage } from '../load-image.ts';
import { readFile } from './read-file.ts';

/** Bytes that fit into the message of a clipboard: terminals take 100,000 of them in base64, and that is a third more. */
export const copyLimit = 74_000;

/**
 * The text of a small file, for the clipboard.
 * @throws LayerscopeError `too-large-to-copy`, `not-text`, and what `readFile` throws
 */
export async function textToCopy(loaded: LoadedImage, path: ByteString, ref: EntryRef): Promise<string> {
  const content = await readFile(loaded, path, ref, copyLimit);
  const { bytes } = fileText(content);
  const [shown, size] = [printable(path), Math.max(content.sizeBytes, bytes.length)];
  if (!content.text) throw problem('not-text', { path: shown });
  if (size > copyLimit) throw problem('too-large-to-copy', { path: shown, size, limit: copyLimit });
  return Buffer.from(bytes).toString('utf8');
}
