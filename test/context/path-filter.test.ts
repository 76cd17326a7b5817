import { expect, test } from 'vitest';
import type { DirectoryNode } from '../../src/context/context-tree.ts';
import { IgnoredTree } from '../../src/context/ignored-tree.ts';
import { pathFilter } from '../../src/context/path-filter.ts';
import { contextOf } from './context-of.ts';

const tree = contextOf({ 'a.md': 'a', 'keep.md': 'k', 'src/a.md': 'a', 'src/a.ts': 't', 'docs/a.md': 'a' });

function left(only: string | null, exclude: readonly string[]): string[] {
  const list = (directory: DirectoryNode, prefix: string): string[] =>
    [...directory.children].flatMap(([name, node]) =>
      node.kind === 'directory' ? [`${prefix}${name}/`, ...list(node, `${prefix}${name}/`)] : [prefix + name],
    );
  return list(new IgnoredTree(pathFilter(only, exclude)).of(tree), '').sort();
}

test.each<[string | null, string[], string[]]>([
  [null, [], ['a.md', 'docs/', 'docs/a.md', 'keep.md', 'src/', 'src/a.md', 'src/a.ts']],
  [null, ['*.md'], ['docs/', 'docs/a.md', 'src/', 'src/a.md', 'src/a.ts']],
  [null, ['**/*.md', '!keep.md'], ['docs/', 'keep.md', 'src/', 'src/a.ts']],
  [null, ['docs', '/src'], ['a.md', 'keep.md', 'src/', 'src/a.md', 'src/a.ts']],
  ['**/a.md', [], ['a.md', 'docs/', 'docs/a.md', 'src/', 'src/a.md']],
  ['src', [], ['src/', 'src/a.md', 'src/a.ts']],
  ['src/a.ts', [], ['src/', 'src/a.ts']],
  ['src', ['**/*.md', '!a.md'], ['src/', 'src/a.ts']],
])('only %j, without %j: %j', (only, exclude, expected) => {
  expect(left(only, exclude)).toEqual(expected);
});
