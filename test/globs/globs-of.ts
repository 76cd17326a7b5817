import { parsePathGlob } from '../../src/globs/parse-path-glob.ts';
import type { PathGlob } from '../../src/globs/path-glob.ts';

/** Patterns that can be read. */
export function globsOf(...texts: readonly string[]): PathGlob[] {
  return texts.map((text) => {
    const glob = parsePathGlob(text);
    if ('reason' in glob) throw new Error(glob.reason);
    return glob;
  });
}
