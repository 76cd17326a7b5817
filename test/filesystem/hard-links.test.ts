import { describe, expect, test } from 'vitest';
import { analyzed, oddities, stack, treeOf } from '../stack-layers.ts';
import { dir, file, hardLink, layer, otherFile, symlink, whiteout } from '../write-layer.ts';

describe('a hard link', () => {
  test('shares the content of its target and adds no bytes', () => {
    const tar = layer({ a: file(100), b: hardLink('a'), 'd/c': hardLink('/a'), e: hardLink('./d/../b') });
    expect(treeOf(stack(tar).union)).toEqual({
      '/a': 'file 100@0',
      '/b': 'file 100@0',
      '/d': 'dir?',
      '/d/c': 'file 100@0',
      '/e': 'file 100@0',
    });
    expect(analyzed(tar)).toMatchObject({ sizeBytes: 100, fileCount: 4, waste: { bytes: 0 } });
    expect(oddities(stack(tar).union)).toEqual({});
  });

  test('may stand before its target', () => {
    const { union } = stack(layer({ c: hardLink('b'), b: hardLink('a'), a: file(7) }));
    expect(treeOf(union)).toEqual({ '/a': 'file 7@0', '/b': 'file 7@0', '/c': 'file 7@0' });
    expect(oddities(union)).toEqual({});
  });

  test('to a symbolic link is that link', () => {
    const { union } = stack(layer({ s: symlink('x'), t: hardLink('s') }));
    expect(treeOf(union)).toEqual({ '/s': 'symlink -> x', '/t': 'symlink -> x' });
  });

  test('finds its target through a symbolic link', () => {
    const { union } = stack(layer({ 'usr/a': file(7), l: symlink('usr'), b: hardLink('l/a') }));
    expect(treeOf(union)['/b']).toBe('file 7@0');
  });

  test('to a name of a lower layer links to that, and is odd', () => {
    const tars = [layer({ a: file(100) }), layer({ b: hardLink('a') })];
    expect(treeOf(stack(...tars).union)).toEqual({ '/a': 'file 100@0', '/b': 'file 100@0' });
    expect(oddities(stack(...tars).union)).toEqual({ 'hardlink-to-lower-layer': 1 });
    expect(analyzed(...tars).waste.bytes).toBe(0);
  });

  test('to nothing is a dangling one', () => {
    const { union } = stack(layer({ a: hardLink('missing'), b: hardLink('d'), d: dir(), c: hardLink('c') }));
    expect(treeOf(union)).toEqual({
      '/a': 'hardlink -> missing',
      '/b': 'hardlink -> d',
      '/c': 'hardlink -> c',
      '/d': 'dir',
    });
    expect(oddities(union)).toEqual({ 'dangling-hardlink': 3 });
  });

  test('whose target its own layer whites out below links to nothing', () => {
    const { union } = stack(layer({ a: file(1) }), layer({ '.wh.a': whiteout, b: hardLink('a') }));
    expect(oddities(union)).toHaveProperty('dangling-hardlink', 1);
  });

  test('to itself, over a file of a lower layer, changes nothing', () => {
    const tars = [layer({ a: file(100) }), layer({ a: hardLink('a') })];
    expect(treeOf(stack(...tars).union)).toEqual({ '/a': 'file 100@0' });
    expect(analyzed(...tars).waste.bytes).toBe(0);
  });
});

describe('content with several names', () => {
  const lower = layer({ a: file(100), b: hardLink('a') });

  test.each([
    ['deleted', { '.wh.a': whiteout }],
    ['replaced', { a: file(0) }],
    ['turned into a directory', { a: dir() }],
  ])('is no waste while one is left, though the first was %s', (_, upper) => {
    expect(analyzed(lower, layer(upper)).waste).toMatchObject({ bytes: 0, files: [] });
    expect(treeOf(stack(lower, layer(upper)).union)['/b']).toBe('file 100@0');
  });

  test('is waste once, when the last is gone', () => {
    const { waste } = analyzed(lower, layer({ '.wh.a': whiteout }), layer({ '.wh.b': whiteout }));
    expect(waste.bytes).toBe(100);
    expect(waste.files).toEqual([
      {
        path: '/b',
        bytes: 100,
        cause: 'deleted',
        copies: [{ layer: 0, bytes: 100, wastedByLayer: 2 }],
        wastedByLayer: 2,
      },
    ]);
  });

  test('is no waste when a link brings a name over to another', () => {
    // The order of a tar: the old name is replaced by a link to a new one of the same content.
    const { waste } = analyzed(lower, layer({ c: hardLink('a'), '.wh.b': whiteout }));
    expect(waste.bytes).toBe(0);
  });

  test('repeated within a layer leaves the copy before as waste', () => {
    const tar = layer([
      ['a', file(100)],
      ['b', hardLink('a')],
      ['a', otherFile(50)],
    ]);
    expect(analyzed(tar).waste.bytes).toBe(0);
    expect(treeOf(stack(tar).union)).toEqual({ '/a': 'file 50@0', '/b': 'file 100@0' });
  });
});
