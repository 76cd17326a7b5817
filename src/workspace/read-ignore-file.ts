import { problem } from '../errors.ts';
import { readSmallFile } from './read-small-file.ts';

/** Bytes. Generated ones have some thousands of lines. */
const limit = 2 ** 20;

/** The text of an ignore file, and where it is. */
export interface IgnoreFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads the first of some ignore files that is there.
 * @param candidates from `ignoreCandidates`
 * @returns null where there is none, and nothing is ignored
 * @throws LayerscopeError not-readable, ignore-file-too-large
 */
export async function readIgnoreFile(candidates: readonly string[]): Promise<IgnoreFile | null> {
  for (const path of candidates) {
    const bytes = await readSmallFile(path, limit);
    if (bytes === 'too-large') throw problem('ignore-file-too-large', { path, limit });
    if (bytes !== null) return { path, text: bytes.toString() };
  }
  return null;
}
