import { describe, expect, it } from 'vitest';
import {
  type ContextNode,
  type DirectoryNode,
  emptyContext,
  nodeAt,
  withChanges,
} from '../../src/context/context-tree.ts';
import { IgnoredTree } from '../../src/context/ignored-tree.ts';
import { TreeDigest } from '../../src/context/tree-digest.ts';
import { createIgnore } from '../../src/dockerfile/ignore-file.ts';
import { file, paths, tree } from './tree-of.ts';

describe('a tree after changes', () => {
  const start = tree({ 'a.txt': 'a', 'src/b.ts': 'b', 'src/deep/c.ts': 'c', 'docs/d.md': 'd' });

  it('has what was added, changed and removed', () => {
    const after = withChanges(start, [
      { path: 'a.txt', node: null },
      { path: 'lib/new/e.ts', node: file('e') },
      { path: 'src/b.ts', node: file('b2', 0o755) },
    ]);
    expect(paths(after)).toEqual([
      'docs/',
      'docs/d.md',
      'lib/',
      'lib/new/',
      'lib/new/e.ts',
      'src/',
      'src/b.ts',
      'src/deep/',
      'src/deep/c.ts',
    ]);
    expect(nodeAt(after, 'src/b.ts')).toEqual({ kind: 'file', mode: 0o755, content: 'b2' });
  });

  it('shares what did not change', () => {
    const after = withChanges(start, [{ path: 'src/b.ts', node: file('b2') }]);
    expect(nodeAt(after, 'docs')).toBe(nodeAt(start, 'docs'));
    expect(nodeAt(after, 'src/deep')).toBe(nodeAt(start, 'src/deep'));
    expect(nodeAt(after, 'src')).not.toBe(nodeAt(start, 'src'));
  });

  it('keeps a directory that became empty, or drops it as git does', () => {
    const gone = [{ path: 'src/deep/c.ts', node: null }];
    expect(nodeAt(withChanges(start, gone), 'src/deep')).toEqual({ ...emptyContext, children: new Map() });
    expect(nodeAt(withChanges(start, gone, 'go'), 'src/deep')).toBeNull();
  });

  it('makes a directory of a file and a file of a directory', () => {
    const directory = withChanges(
      start,
      [
        { path: 'a.txt', node: null },
        { path: 'a.txt/x', node: file('x') },
      ],
      'go',
    );
    expect(paths(directory)).toContain('a.txt/x');
    const back = withChanges(
      directory,
      [
        { path: 'a.txt', node: file('a') },
        { path: 'a.txt/x', node: null },
      ],
      'go',
    );
    expect(paths(back)).toEqual(paths(start));
  });
});

describe('a tree without what an ignore file leaves out', () => {
  const start = tree({ 'a.log': '', 'keep.log': '', 'logs/b.log': '', 'logs/keep/c.log': '', 'src/d.ts': '' });
  const ignored = (text: string, from: DirectoryNode = start): string[] =>
    paths(new IgnoredTree(createIgnore(text)).of(from));

  it('leaves out files and directories', () => {
    expect(ignored('*.log\nsrc')).toEqual(['logs/', 'logs/b.log', 'logs/keep/', 'logs/keep/c.log']);
  });

  it('keeps a directory that has something brought back, and only that in it', () => {
    expect(ignored('logs\n!logs/keep')).toEqual([
      'a.log',
      'keep.log',
      'logs/',
      'logs/keep/',
      'logs/keep/c.log',
      'src/',
      'src/d.ts',
    ]);
  });

  it('keeps a directory whose files all go', () => {
    expect(ignored('**/*.log')).toEqual(['logs/', 'logs/keep/', 'src/', 'src/d.ts']);
  });

  it('gives the same tree again where nothing is left out, and shares what is as it was', () => {
    const filter = new IgnoredTree(createIgnore('*.log'));
    const before = filter.of(start);
    const after = filter.of(withChanges(start, [{ path: 'src/d.ts', node: file('new') }]));
    expect(nodeAt(after, 'logs')).toBe(nodeAt(before, 'logs'));
    expect(new IgnoredTree(createIgnore('')).of(start)).toBe(start);
  });

  it('looks at the path, not at the subtree alone', () => {
    const shared = tree({ 'x.log': '' });
    const twice: DirectoryNode = {
      kind: 'directory',
      mode: 0o755,
      children: new Map([
        ['a', shared],
        ['b', shared],
      ]),
    };
    expect(ignored('a/*.log', twice)).toEqual(['a/', 'b/', 'b/x.log']);
  });
});

describe('the digest of a tree', () => {
  const digest = new TreeDigest((node: ContextNode) => (node.kind === 'file' ? `file ${node.content}` : node.kind));

  it('is the same for the same headers and names', () => {
    expect(digest.of(tree({ 'b/c': '1', a: '2' }))).toBe(digest.of(tree({ a: '2', 'b/c': '1' })));
  });

  it.each([
    ['content', { a: '3', 'b/c': '1' }],
    ['a name', { x: '2', 'b/c': '1' }],
    ['a place', { a: '2', 'b/d/c': '1' }],
  ])('is another with %s', (_what, files) => {
    expect(digest.of(tree(files))).not.toBe(digest.of(tree({ a: '2', 'b/c': '1' })));
  });
});
