import type { DockerfileBuilder } from '../dockerfile/step-record.ts';
import { problem } from '../errors.ts';
import { ignoreCandidates } from './ignore-candidates.ts';
import { readSmallFile } from './read-small-file.ts';

/** Bytes. Generated ones have some thousands of lines. */
const limit = 2 ** 20;

/** The file that says what is left out of a build context. */
export interface IgnoreFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Finds the ignore file as a builder does. Null where there is none.
 * @throws LayerscopeError not-readable, ignore-file-too-large
 */
export async function findIgnoreFile(
  builder: DockerfileBuilder,
  directory: string,
  dockerfile: string,
): Promise<IgnoreFile | null> {
  for (const path of ignoreCandidates(builder, directory, dockerfile)) {
    const bytes = await readSmallFile(path, limit);
    if (bytes === 'too-large') throw problem('ignore-file-too-large', { path, limit });
    if (bytes !== null) return { path, text: bytes.toString() };
  }
  return null;
}
