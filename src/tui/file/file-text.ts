import type { FileContent } from './content.ts';
import { indexLines, type LineIndex, withoutReturns } from './line-index.ts';
import { decodeText, type TextEncoding } from './text-encoding.ts';

/** A file's content as lines of text. Positions in it are offsets into its `bytes`, not into those of the file. */
export interface FileText extends LineIndex {
  /** How the file has it; null if it is no text, and shown as if it were. */
  readonly encoding: TextEncoding | null;
  /** Lines that end with a carriage return, which is not shown. */
  readonly returns: number;
}

const known = new WeakMap<FileContent, FileText>();

/** The lines of a content, found once. */
export function fileText(content: FileContent): FileText {
  const found = known.get(content);
  if (found !== undefined) return found;
  const decoded = content.text ? decodeText(content.bytes, content.sizeBytes) : null;
  const { index, returns } = withoutReturns(indexLines(decoded?.bytes ?? content.bytes));
  const text = { ...index, returns, encoding: decoded?.encoding ?? null };
  known.set(content, text);
  return text;
}
