import { describe, expect, test } from 'vitest';
import { findPath, nodesBelow } from '../../src/filesystem/find-path.ts';
import { root } from '../../src/filesystem/file-tree.ts';
import { stack } from '../stack-layers.ts';
import { dir, file, layer, symlink, whiteout } from '../write-layer.ts';

const { tree } = stack(
  layer({
    'usr/lib/x': file(1),
    lib: symlink('usr/lib'),
    abs: symlink('/usr'),
    'usr/rel': symlink('../lib/x'),
    out: symlink('../../../usr'),
    loop: symlink('pool'),
    pool: symlink('loop'),
    nowhere: symlink('missing'),
    empty: dir(),
    gone: file(1),
  }),
  layer({ '.wh.gone': whiteout }),
).union;

function find(path: string, last: 'keep' | 'follow'): string {
  const found = findPath(tree, path, last);
  return found.kind === 'node' ? tree.path(found.node) : found.kind;
}

describe('findPath', () => {
  test.each([
    ['/usr/lib/x', '/usr/lib/x'],
    ['usr/lib/x', '/usr/lib/x'],
    ['//usr/./lib/../lib/x', '/usr/lib/x'],
    ['/lib/x', '/usr/lib/x'],
    ['/abs/lib/x', '/usr/lib/x'],
    ['/out/lib/x', '/usr/lib/x'],
    ['/', '/'],
    ['', '/'],
    ['/..', '/'],
    ['/lib/..', '/usr'],
    ['/lib', '/lib'],
    ['/usr/rel', '/usr/rel'],
    ['/nowhere', '/nowhere'],
    ['/loop', '/loop'],
    ['/loop/x', 'loop'],
    ['/missing', 'missing'],
    ['/gone', 'missing'],
    ['/usr/lib/x/below', 'missing'],
    ['/nowhere/x', 'missing'],
  ])('keeps a link at the end: %s is %s', (path, expected) => {
    expect(find(path, 'keep')).toBe(expected);
  });

  test.each([
    ['/lib', '/usr/lib'],
    ['/usr/rel', '/usr/lib/x'],
    ['/abs', '/usr'],
    ['/out', '/usr'],
    ['/loop', 'loop'],
    ['/nowhere', 'missing'],
    ['/empty', '/empty'],
  ])('follows a link at the end: %s is %s', (path, expected) => {
    expect(find(path, 'follow')).toBe(expected);
  });
});

test('nodesBelow lists each directory before what is in it, in byte order, and no link twice', () => {
  expect([...nodesBelow(tree, root)].map((node) => tree.path(node))).toEqual([
    '/abs',
    '/empty',
    '/lib',
    '/loop',
    '/nowhere',
    '/out',
    '/pool',
    '/usr',
    '/usr/lib',
    '/usr/lib/x',
    '/usr/rel',
  ]);
});
