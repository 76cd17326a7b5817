import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hashWishes } from '../../src/analysis/hash-wishes.ts';
import { analyzed, stack } from '../stack-layers.ts';
import { file, hardLink, layer, otherFile, symlink, whiteout } from '../write-layer.ts';

const digestOf = (content: string): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;

describe('duplicates', () => {
  test('are files with one content at several paths, over all layers', () => {
    const { duplicates } = analyzed(
      layer({ b: file(5000), c: otherFile(5000), 'd/z': file(5000) }),
      layer({ a: file(5000) }),
    );
    expect(duplicates).toEqual([{ digest: digestOf('x'.repeat(5000)), fileBytes: 5000, paths: ['/a', '/b', '/d/z'] }]);
  });

  test('have 4096 bytes or more', () => {
    expect(analyzed(layer({ a: file(4095), b: file(4095) })).duplicates).toEqual([]);
    expect(analyzed(layer({ a: file(4096), b: file(4096) })).duplicates).toMatchObject([{ paths: ['/a', '/b'] }]);
  });

  test('are not hard links, which share their content', () => {
    expect(analyzed(layer({ a: file(5000), b: hardLink('a') })).duplicates).toEqual([]);
    const linked = layer({ z: file(5000), b: hardLink('z'), a: hardLink('z'), other: file(5000) });
    expect(analyzed(linked).duplicates).toMatchObject([{ paths: ['/a', '/other'] }]);
  });

  test('are in the final filesystem: what is deleted or replaced is waste', () => {
    const tars = [layer({ a: file(5000), b: file(5000) }), layer({ '.wh.a': whiteout }), layer({ b: file(5000) })];
    expect(analyzed(...tars).duplicates).toEqual([]);
  });

  test('differ by a byte anywhere', () => {
    const base = 'x'.repeat(9000);
    const last = `${base.slice(1)}y`;
    expect(analyzed(layer({ a: file(base), b: file(last) })).duplicates).toEqual([]);
  });

  test('come with the most redundant bytes first, then by path', () => {
    const tar = layer({
      p: file(4096),
      q: file(4096),
      r: file(4096),
      c: file('c'.repeat(8192)),
      d: file('c'.repeat(8192)),
      a: file('a'.repeat(6000)),
      b: file('a'.repeat(6000)),
    });
    expect(analyzed(tar).duplicates.map(({ paths }) => paths)).toEqual([
      ['/c', '/d'],
      ['/p', '/q', '/r'],
      ['/a', '/b'],
    ]);
  });
});

describe('hashWishes', () => {
  test('asks for files of a size and head that meet, and for no others', () => {
    const { union } = stack(
      layer({ a: file(10), b: file(10), c: file(10), alone: file(5000), l: symlink('a'), one: file(6000) }),
      layer({ a: file(10), b: otherFile(10), c: file(11), two: file(6000) }),
    );
    expect(hashWishes(union)).toEqual([
      [0, 5],
      [0, 3],
    ]);
  });

  test('asks for the copies that a layer wrote twice in a row of layers', () => {
    const { union } = stack(layer({ a: file(10) }), layer({ '.wh.a': whiteout }), layer({ a: file(10) }));
    expect(hashWishes(union)).toEqual([[], [], []]);
  });
});
