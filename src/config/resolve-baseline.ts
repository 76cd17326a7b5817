import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { parseReference } from '../image/reference.ts';
import type { BaselineWish } from './config.ts';

/**
 * A file's baseline as the command line would have it: paths are written relative to the file.
 * @param folder the file's directory, relative to the working directory
 * @param opened the same, as it can be opened
 */
export function resolveBaseline(wish: BaselineWish, folder: string, opened: string): BaselineWish {
  const { from, reference } = wish;
  if (from === 'report') return { from, reference: moved(reference, folder) };
  const parsed = parseReference(reference);
  if (parsed.from !== 'path') return wish;
  const { kind, path, name } = parsed;
  // A bare name is a file if there is one, as on the command line.
  if (name !== null && !isExplicit(path) && !existsSync(join(opened, path.replace(/#[^#]*$/, '')))) return wish;
  return { from, reference: `${kind === null ? '' : `${kind}:`}${moved(path, folder)}` };
}

function isExplicit(path: string): boolean {
  return /^\.{0,2}\//.test(path);
}

function moved(path: string, folder: string): string {
  return isAbsolute(path) ? path : join(folder, path);
}
