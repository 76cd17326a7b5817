import { describe, expect, test } from 'vitest';
import { findPath } from '../../src/filesystem/find-path.ts';
import type { Union } from '../../src/filesystem/union.ts';
import { oddities, stack, treeOf } from '../stack-layers.ts';
import { dir, fifo, file, layer, symlink } from '../write-layer.ts';

/** The mode of a directory, which the words of the tree leave out. */
function modeOf({ tree, layers }: Union, path: string): number | undefined {
  const found = findPath(tree, path, 'keep');
  const inode = found.kind === 'node' ? tree.inode(found.node) : null;
  return inode === null ? undefined : layers[inode.layer]?.index.mode[inode.entry];
}

describe('one path in two layers', () => {
  test('a later file replaces an earlier one', () => {
    const { union } = stack(layer({ a: file(1) }), layer({ a: file(2) }));
    expect(treeOf(union)).toEqual({ '/a': 'file 2@1' });
  });

  test('a directory over a directory merges, with the new metadata', () => {
    const { union } = stack(
      layer({ d: dir({ mode: 0o700 }), 'd/a': file(1) }),
      layer({ d: dir({ mode: 0o755 }), 'd/b': file(2) }),
    );
    expect(treeOf(union)).toEqual({ '/d': 'dir', '/d/a': 'file 1@0', '/d/b': 'file 2@1' });
    expect(modeOf(union, '/d')).toBe(0o755);
  });

  test('a directory that an upper layer does not repeat keeps the lower metadata', () => {
    const { union } = stack(layer({ d: dir({ mode: 0o700 }) }), layer({ 'd/b': file(2) }));
    expect(modeOf(union, '/d')).toBe(0o700);
  });

  test.each([
    ['a file', file(9), 'file 9@1'],
    ['a symbolic link', symlink('x'), 'symlink -> x'],
    ['a pipe', fifo(), 'fifo'],
  ])('%s over a directory takes its contents away', (_, item, word) => {
    const { union } = stack(layer({ 'd/a': file(1), 'd/e/b': file(2) }), layer({ d: item }));
    expect(treeOf(union)).toEqual({ '/d': word });
  });

  test('a directory over a file or a link replaces it, and follows no link', () => {
    const { union } = stack(
      layer({ f: file(1), 'usr/a': file(1), l: symlink('usr') }),
      layer({ f: dir(), 'f/x': file(2), l: dir(), 'l/y': file(3) }),
    );
    expect(treeOf(union)).toEqual({
      '/f': 'dir',
      '/f/x': 'file 2@1',
      '/l': 'dir',
      '/l/y': 'file 3@1',
      '/usr': 'dir?',
      '/usr/a': 'file 1@0',
    });
    expect(oddities(union)).toEqual({});
  });

  test('contents of a directory that became a file do not come back with the directory', () => {
    const { union } = stack(layer({ 'd/a': file(1) }), layer({ d: file(1) }), layer({ d: dir() }));
    expect(treeOf(union)).toEqual({ '/d': 'dir' });
  });

  test('the root may have an entry', () => {
    const { union } = stack(
      layer({ './': dir({ mode: 0o700 }), './a': file(1) }),
      layer({ './': dir({ mode: 0o711 }) }),
    );
    expect(treeOf(union)).toEqual({ '/a': 'file 1@0' });
    expect(modeOf(union, '/')).toBe(0o711);
    expect(oddities(union)).toEqual({});
  });
});

describe('one path twice in one layer', () => {
  test('the last one counts', () => {
    const { union } = stack(
      layer([
        ['a', file(1)],
        ['a', file(2)],
        ['a', file(3)],
        ['b', file(1)],
        ['b', symlink('a')],
      ]),
    );
    expect(treeOf(union)).toEqual({ '/a': 'file 3@0', '/b': 'symlink -> a' });
    expect(oddities(union)).toEqual({ 'repeated-path': 3 });
  });

  test('a directory repeated keeps its contents', () => {
    const { union } = stack(
      layer([
        ['d', dir({ mode: 0o700 })],
        ['d/a', file(1)],
        ['d', dir({ mode: 0o711 })],
      ]),
    );
    expect(treeOf(union)).toEqual({ '/d': 'dir', '/d/a': 'file 1@0' });
    expect(modeOf(union, '/d')).toBe(0o711);
  });

  test('a directory after its contents is no repetition', () => {
    const { union } = stack(layer({ 'd/a': file(1), d: dir() }));
    expect(treeOf(union)).toEqual({ '/d': 'dir', '/d/a': 'file 1@0' });
    expect(oddities(union)).toEqual({});
  });

  test('names that mean one path are one path', () => {
    const { union } = stack(layer({ a: file(1), './a': file(2), 'x/../a': file(3), '/a': file(4) }));
    expect(treeOf(union)).toEqual({ '/a': 'file 4@0' });
    expect(oddities(union)).toEqual({ 'repeated-path': 3 });
  });
});

describe('an entry below a symbolic link', () => {
  test.each([
    ['relative', 'usr/lib'],
    ['absolute', '/usr/lib'],
    ['climbing', '../../usr/lib'],
    ['roundabout', './usr//bin/../lib/.'],
  ])('of a lower layer lands where the link leads: %s', (_, target) => {
    const { union } = stack(
      layer({ 'usr/lib/low': file(1), 'usr/bin': dir(), lib: symlink(target) }),
      layer({ 'lib/x': file(2), 'lib/new/y': file(3) }),
    );
    expect(treeOf(union)).toEqual({
      '/lib': `symlink -> ${target}`,
      '/usr': 'dir?',
      '/usr/bin': 'dir',
      '/usr/lib': 'dir?',
      '/usr/lib/low': 'file 1@0',
      '/usr/lib/new': 'dir?',
      '/usr/lib/new/y': 'file 3@1',
      '/usr/lib/x': 'file 2@1',
    });
    expect(oddities(union)).toHaveProperty('symlinked-parent');
  });

  test('of its own layer is followed too, and nothing odd', () => {
    const { union } = stack(layer({ 'usr/lib': dir(), lib: symlink('usr/lib'), 'lib/x': file(2) }));
    expect(treeOf(union)['/usr/lib/x']).toBe('file 2@0');
    expect(oddities(union)).toEqual({});
  });

  test('of links in a chain, each relative to where it stands', () => {
    const { union } = stack(
      layer({ 'a/b/c': dir(), 'a/l': symlink('b'), m: symlink('a/l/c'), 'a/b/up': symlink('..') }),
      layer({ 'm/x': file(1), 'a/l/up/y': file(2) }),
    );
    expect(treeOf(union)['/a/b/c/x']).toBe('file 1@1');
    expect(treeOf(union)['/a/y']).toBe('file 2@1');
  });

  test('that leads nowhere makes what is missing', () => {
    const { union } = stack(layer({ l: symlink('not/there') }), layer({ 'l/x': file(1) }));
    expect(treeOf(union)).toEqual({
      '/l': 'symlink -> not/there',
      '/not': 'dir?',
      '/not/there': 'dir?',
      '/not/there/x': 'file 1@1',
    });
  });

  test.each([
    ['itself', { l: symlink('l') }],
    ['each other', { l: symlink('m'), m: symlink('l') }],
    ['below itself', { l: symlink('l/x') }],
  ])('that leads to %s is replaced by a directory', (_, lower) => {
    const { union } = stack(layer(lower), layer({ 'l/f': file(1) }));
    expect(treeOf(union)['/l']).toMatch(/^(?:dir\?|symlink -> m)$/);
    expect(Object.values(treeOf(union)).filter((word) => word === 'file 1@1')).toHaveLength(1);
    expect(oddities(union)).toHaveProperty('symlink-loop');
  });

  test('of forty links is followed, of more is a loop', () => {
    const links = (count: number): Buffer =>
      layer([
        ['d', dir()],
        ['l0', symlink('d')],
        ...Array.from({ length: count - 1 }, (_, at) => [`l${at + 1}`, symlink(`l${at}`)] as const),
      ]);
    expect(treeOf(stack(links(40), layer({ 'l39/x': file(1) })).union)['/d/x']).toBe('file 1@1');
    expect(oddities(stack(links(41), layer({ 'l40/x': file(1) })).union)).toHaveProperty('symlink-loop');
  });
});

describe('an entry below what is no directory', () => {
  test('turns it into one', () => {
    const { union } = stack(layer({ f: file(1), p: fifo() }), layer({ 'f/x': file(2), 'p/q/y': file(3) }));
    expect(treeOf(union)).toEqual({
      '/f': 'dir?',
      '/f/x': 'file 2@1',
      '/p': 'dir?',
      '/p/q': 'dir?',
      '/p/q/y': 'file 3@1',
    });
    expect(oddities(union)).toEqual({ 'parent-not-directory': 2 });
  });
});

test('`..` stays in the root', () => {
  const { union } = stack(layer({ '../../etc/passwd': file(1), '/abs': file(2), 'a/../../b': file(3) }));
  expect(treeOf(union)).toEqual({ '/abs': 'file 2@0', '/b': 'file 3@0', '/etc': 'dir?', '/etc/passwd': 'file 1@0' });
});

test('a path of a hundred thousand directories is read, hidden and found', () => {
  const deep = 'd/'.repeat(100_000);
  const { union } = stack(layer({ [`${deep}f`]: file(1) }), layer({ '.wh.d': file(0) }), layer({ a: file(1) }));
  expect(treeOf(union)).toEqual({ '/a': 'file 1@2' });
});

test('no layers, and empty ones, are an empty filesystem', () => {
  expect(treeOf(stack().union)).toEqual({});
  expect(treeOf(stack(layer({}), layer({})).union)).toEqual({});
});
