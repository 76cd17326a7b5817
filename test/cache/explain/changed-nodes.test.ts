import { describe, expect, it } from 'vitest';
import { changedNodes, describeChange } from '../../../src/cache/explain/changed-nodes.ts';
import { type ContextNode, type DirectoryNode, withChanges } from '../../../src/context/context-tree.ts';
import { file, tree } from '../../context/tree-of.ts';

const start = tree({ 'src/a.ts': 'a', 'src/deep/b.ts': 'b', 'docs/c.md': 'c' });

function changesTo(after: DirectoryNode): string[] {
  return [...changedNodes([{ path: '', node: start }], [{ path: '', node: after }])].map(describeChange);
}

function after(path: string, node: ContextNode | null): string[] {
  return changesTo(withChanges(start, [{ path, node }]));
}

describe('how two selections differ', () => {
  it.each<[string, string, ContextNode | null, string]>([
    ['content', 'src/a.ts', file('other'), 'src/a.ts changed content'],
    ['mode', 'src/a.ts', file('a', 0o664), 'src/a.ts changed mode 644 to 664'],
    ['both', 'src/a.ts', file('x', 0o4755), 'src/a.ts changed content and mode 644 to 4755'],
    ['an added file', 'src/new.ts', file('n'), 'src/new.ts was added'],
    ['a removed file', 'src/deep/b.ts', null, 'src/deep/b.ts was removed'],
    ['a removed directory', 'src/deep', null, 'src/deep was removed'],
    ['a file that is a link', 'src/a.ts', { kind: 'symlink', target: 'b' }, 'src/a.ts was a file and is a symlink'],
  ])('tells %s', (_what, path, node, expected) => {
    expect(after(path, node)).toEqual([expected]);
  });

  it('tells a link that points elsewhere', () => {
    const link = (target: string): ContextNode => ({ kind: 'symlink', target });
    const changes = changedNodes([{ path: 'l', node: link('a') }], [{ path: 'l', node: link('b') }]);
    expect([...changes].map(describeChange)).toEqual(['l points elsewhere']);
  });

  it("tells a directory's mode, and the context's", () => {
    expect(changesTo({ ...start, mode: 0o700 })).toEqual(['the context itself changed mode 755 to 700']);
  });

  it('tells nothing of what is the same', () => {
    expect(changesTo(withChanges(start, [{ path: 'src/a.ts', node: file('a') }]))).toEqual([]);
  });

  it('goes through in order of the paths', () => {
    const changed = withChanges(start, [
      { path: 'src/deep/b.ts', node: file('2') },
      { path: 'docs/c.md', node: file('2') },
      { path: 'a', node: file('2') },
    ]);
    expect(changesTo(changed)).toEqual(['a was added', 'docs/c.md changed content', 'src/deep/b.ts changed content']);
  });
});
