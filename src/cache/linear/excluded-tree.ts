import type { DirectoryNode } from '../../context/context-tree.ts';
import { IgnoredTree } from '../../context/ignored-tree.ts';
import { pathFilter } from '../../context/path-filter.ts';

/** By the patterns, so that the next tree of a history costs what is new in it. */
const known = new Map<string, IgnoredTree>();

/** A context without what `--exclude` leaves out. */
export function excludedTree(context: DirectoryNode, patterns: readonly string[]): DirectoryNode {
  if (patterns.length === 0) return context;
  const text = patterns.join('\n');
  const filtered = known.get(text) ?? new IgnoredTree(pathFilter(null, patterns));
  known.set(text, filtered);
  return filtered.of(context);
}
