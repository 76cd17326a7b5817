import { createHash } from 'node:crypto';
import { hashFile, type Identify } from '../identify.ts';
import { contentOfBlob } from './content-name.ts';

/** Calls a file's content what git would call it, had it the file as it lies there: without filters or line ends of its own. */
export function byBlobId(algorithm: 'sha1' | 'sha256'): Identify {
  return async (file) => contentOfBlob(await hashFile(file, createHash(algorithm).update(`blob ${file.size}\0`)));
}
