import { describe, expect, test } from 'vitest';
import { oddities, stack, treeOf } from '../stack-layers.ts';
import { dir, file, layer, symlink, whiteout } from '../write-layer.ts';

describe('a whiteout', () => {
  test('hides a file, a link or a whole directory of a lower layer', () => {
    const { union } = stack(
      layer({ a: file(1), l: symlink('a'), d: dir(), 'd/x': file(2), 'd/e/y': file(3), kept: file(4) }),
      layer({ '.wh.a': whiteout, '.wh.l': whiteout, '.wh.d': whiteout }),
    );
    expect(treeOf(union)).toEqual({ '/kept': 'file 4@0' });
    expect(oddities(union)).toEqual({});
  });

  test('hides what is in a directory', () => {
    const { union } = stack(
      layer({ 'd/a': file(1), 'd/b': file(2) }),
      layer({ 'd/.wh.a': whiteout }),
      layer({ 'd/.wh.b': whiteout }),
    );
    expect(treeOf(union)).toEqual({ '/d': 'dir?' });
  });

  test.each([
    ['first', { '.wh.a': whiteout, a: file(5) }],
    ['last', { a: file(5), '.wh.a': whiteout }],
  ])('leaves an entry of its own layer alone when it stands %s', (_, upper) => {
    const { union } = stack(layer({ a: file(1) }), layer(upper));
    expect(treeOf(union)).toEqual({ '/a': 'file 5@1' });
    expect(oddities(union)).toEqual({ 'whiteout-after-name': 1 });
  });

  test.each([
    ['before', { '.wh.d': whiteout, d: dir(), 'd/new': file(5) }],
    ['behind', { d: dir(), 'd/new': file(5), '.wh.d': whiteout }],
  ])('of a directory that stands %s its new contents keeps the lower contents hidden', (_, upper) => {
    const { union } = stack(layer({ d: dir(), 'd/old': file(1), 'd/sub/old': file(2) }), layer(upper));
    expect(treeOf(union)).toEqual({ '/d': 'dir', '/d/new': 'file 5@1' });
  });

  test('acts at the place of its name only', () => {
    const { union } = stack(layer({ a: file(1), 'd/a': file(2), 'd/d/a': file(3) }), layer({ 'd/.wh.a': whiteout }));
    expect(Object.keys(treeOf(union))).toEqual(['/a', '/d', '/d/d', '/d/d/a']);
  });

  test('without a target is odd, and makes no parents', () => {
    const { union } = stack(layer({ a: file(1) }), layer({ '.wh.b': whiteout, 'x/y/.wh.z': whiteout, b: file(2) }));
    expect(treeOf(union)).toEqual({ '/a': 'file 1@0', '/b': 'file 2@1' });
    expect(oddities(union)).toEqual({ 'dangling-whiteout': 2 });
  });

  test('in the lowest layer has nothing to hide', () => {
    const { union } = stack(layer({ a: file(1), '.wh.a': whiteout }));
    expect(treeOf(union)).toEqual({ '/a': 'file 1@0' });
    expect(oddities(union)).toEqual({ 'dangling-whiteout': 1 });
  });

  test('twice for one name is a whiteout', () => {
    const { union } = stack(layer({ a: file(1) }), layer([...Array(2)].map(() => ['.wh.a', whiteout] as const)));
    expect(treeOf(union)).toEqual({});
    expect(oddities(union)).toEqual({});
  });

  test('and a path that comes back in a later layer', () => {
    const { union } = stack(layer({ a: file(1) }), layer({ '.wh.a': whiteout }), layer({ a: file(3) }));
    expect(treeOf(union)).toEqual({ '/a': 'file 3@2' });
    expect(oddities(union)).toEqual({});
  });

  test('may be of any type: its name tells', () => {
    const { union } = stack(layer({ d: dir(), 'd/a': file(1) }), layer({ '.wh.d': dir() }));
    expect(treeOf(union)).toEqual({});
  });

  test('follows a symbolic link to the directory it acts in', () => {
    const { union } = stack(
      layer({ 'usr/lib/x': file(1), 'usr/lib/y': file(1), lib: symlink('usr/lib') }),
      layer({ 'lib/.wh.x': whiteout }),
    );
    expect(Object.keys(treeOf(union))).toEqual(['/lib', '/usr', '/usr/lib', '/usr/lib/y']);
  });
});

describe('an opaque marker', () => {
  const lower = layer({ d: dir({ mode: 0o711 }), 'd/a': file(1), 'd/sub/b': file(2), other: file(3) });

  test.each([
    ['first', { d: dir(), 'd/.wh..wh..opq': whiteout, 'd/new': file(4), 'd/sub/new': file(5) }],
    ['in the middle', { d: dir(), 'd/new': file(4), 'd/.wh..wh..opq': whiteout, 'd/sub/new': file(5) }],
    ['last', { d: dir(), 'd/new': file(4), 'd/sub/new': file(5), 'd/.wh..wh..opq': whiteout }],
    ['before its directory', { 'd/.wh..wh..opq': whiteout, d: dir(), 'd/new': file(4), 'd/sub/new': file(5) }],
  ])('%s hides all that lower layers have in the directory', (_, upper) => {
    const { union } = stack(lower, layer(upper));
    expect(treeOf(union)).toEqual({
      '/d': 'dir',
      '/d/new': 'file 4@1',
      '/d/sub': 'dir?',
      '/d/sub/new': 'file 5@1',
      '/other': 'file 3@0',
    });
    expect(oddities(union)).toEqual({});
  });

  test('keeps the directory itself', () => {
    const { union } = stack(lower, layer({ 'd/.wh..wh..opq': whiteout }));
    expect(treeOf(union)).toEqual({ '/d': 'dir', '/other': 'file 3@0' });
  });

  test('on the root hides everything', () => {
    const { union } = stack(lower, layer({ '.wh..wh..opq': whiteout, new: file(4) }));
    expect(treeOf(union)).toEqual({ '/new': 'file 4@1' });
  });

  test('of a directory that no lower layer has is nothing odd', () => {
    const { union } = stack(lower, layer({ e: dir(), 'e/.wh..wh..opq': whiteout, 'e/f': file(4) }));
    expect(Object.keys(treeOf(union))).toContain('/e/f');
    expect(oddities(union)).toEqual({});
  });

  test('follows a symbolic link that stays', () => {
    const { union } = stack(layer({ 'usr/a': file(1), l: symlink('usr') }), layer({ 'l/.wh..wh..opq': whiteout }));
    expect(treeOf(union)).toEqual({ '/l': 'symlink -> usr', '/usr': 'dir?' });
  });

  test('hides nothing behind a link that its layer replaces with a directory', () => {
    const { union } = stack(
      layer({ 'usr/a': file(1), 'usr/b': file(2), l: symlink('usr'), m: symlink('usr') }),
      layer({ l: dir(), 'l/.wh..wh..opq': whiteout, 'l/new': file(4), m: dir(), 'm/.wh.b': whiteout }),
    );
    expect(treeOf(union)).toEqual({
      '/l': 'dir',
      '/l/new': 'file 4@1',
      '/m': 'dir',
      '/usr': 'dir?',
      '/usr/a': 'file 1@0',
      '/usr/b': 'file 2@0',
    });
  });
});

describe('what is no whiteout', () => {
  test('metadata of aufs is ignored, wherever it stands', () => {
    const { union } = stack(
      layer({ plnk: file(1), aufs: file(1), 'd/x': file(2) }),
      layer({ '.wh..wh.plnk': dir(), '.wh..wh.aufs': whiteout, 'd/.wh..wh.orph': dir(), '.wh..wh..opqx': whiteout }),
    );
    expect(Object.keys(treeOf(union))).toEqual(['/aufs', '/d', '/d/x', '/plnk']);
    expect(oddities(union)).toEqual({});
  });

  test('names that only look like one are files', () => {
    const names = ['opt/pkg.whl', 'usr/bin/which', 'a.wh.b', '.whx', '.wh', 'wh.a', '.WH.a', '..wh.a'];
    const { union } = stack(
      layer({ a: file(1), b: file(1), pkg: file(1) }),
      layer(Object.fromEntries(names.map((name) => [name, file(2)]))),
    );
    const tree = treeOf(union);
    for (const name of names) expect(tree[`/${name}`], name).toBe('file 2@1');
    expect(tree['/a']).toBe('file 1@0');
    expect(oddities(union)).toEqual({});
  });

  test('a character device 0:0 is a device, and odd', () => {
    const { union } = stack(
      layer({ a: file(1) }),
      layer({ a: { type: '3', device: [0, 0] }, b: { type: '3', device: [1, 3] } }),
    );
    expect(treeOf(union)).toEqual({ '/a': 'char', '/b': 'char' });
    expect(oddities(union)).toEqual({ 'whiteout-device': 1 });
  });
});
