import type { Digest } from '../image/digest.ts';
import { formatVersion } from './index-file.ts';

/** Older and newer versions keep files of their own, so that two installed ones do not undo each other's work. */
export function indexFileName(blob: Digest): string {
  return `${blob.replace(':', '-')}.v${formatVersion}.index`;
}

/** Files of this kind, of any version: nothing else is ever removed from the directory. */
export function isIndexFile(name: string): boolean {
  return /^sha(?:256|512)-[0-9a-f]+\.v\d+\.index$/.test(name);
}

/** While it is written. @param token tells writers of one file apart */
export function partialFileName(name: string, token: string): string {
  return `${name}.${token}.partial`;
}

export function isPartialFile(name: string): boolean {
  return /^sha(?:256|512)-[0-9a-f]+\.v\d+\.index\.[0-9a-f]+\.partial$/.test(name);
}
