import { createIgnore, type Ignore } from '../dockerfile/ignore-file.ts';

/** What is left out of a selection. */
export type PathFilter = Pick<Ignore, 'ignores' | 'ignoresAll'>;

/**
 * The filter of `--exclude` and `--parents`, for paths below the source.
 *
 * @param only what `--parents` keeps, a pattern as in an ignore file; null where everything is kept
 * @param exclude the patterns of `--exclude`, in order
 */
export function pathFilter(only: string | null, exclude: readonly string[]): PathFilter {
  const filters = [
    // Unlike an ignore file's, these patterns keep a leading slash, with which they fit nothing.
    createIgnore(exclude.filter((pattern) => !/^!?\//.test(pattern.trim())).join('\n')),
    ...(only === null ? [] : [createIgnore(`**\n!${only}`)]),
  ];
  return {
    ignores: (path) => filters.some((filter) => filter.ignores(path)),
    ignoresAll: (path) => filters.some((filter) => filter.ignoresAll(path)),
  };
}
