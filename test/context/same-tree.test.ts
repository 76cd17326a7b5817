import { describe, expect, it } from 'vitest';
import { type ContextNode, type DirectoryNode, withChanges } from '../../src/context/context-tree.ts';
import { sameTree } from '../../src/context/same-tree.ts';
import { contextOf } from './context-of.ts';

const files = { 'a/b/c': '1', 'a/d': '2', e: '-> a' };
const changed = (path: string, node: ContextNode | null): DirectoryNode =>
  withChanges(contextOf(files), [{ path, node }]);

describe('two trees', () => {
  it('are the same where all in them is', () => {
    expect(sameTree(contextOf(files), contextOf(files))).toBe(true);
    expect(sameTree(contextOf(files), contextOf(Object.fromEntries(Object.entries(files).toReversed())))).toBe(true);
  });

  it.each<readonly [string, DirectoryNode]>([
    ['content', changed('a/b/c', { kind: 'file', mode: 0o644, content: '2' })],
    ['mode', changed('a/b/c', { kind: 'file', mode: 0o755, content: '1' })],
    ['mode of a directory', { ...contextOf(files), mode: 0o700 }],
    ['target', changed('e', { kind: 'symlink', target: 'b' })],
    ['kind', changed('a/b', { kind: 'symlink', target: 'd' })],
    ['one more', changed('a/b/x', { kind: 'file', mode: 0o644, content: '1' })],
    ['one less', changed('a/d', null)],
    ['another name', contextOf({ 'a/b/c': '1', 'a/x': '2', e: '-> a' })],
  ])('are not where one differs: %s', (_, other) => {
    expect(sameTree(contextOf(files), other)).toBe(false);
    expect(sameTree(other, contextOf(files))).toBe(false);
  });
});
