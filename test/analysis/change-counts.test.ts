import { describe, expect, test } from 'vitest';
import type { ChangeCounts } from '../../src/analysis/change-counts.ts';
import { analyzed } from '../stack-layers.ts';
import { charDevice, dir, file, hardLink, layer, otherFile, symlink, whiteout } from '../write-layer.ts';

const nothing = { files: 0, bytes: 0 };
const none: ChangeCounts = {
  added: nothing,
  modified: nothing,
  metadataOnly: nothing,
  identical: nothing,
  removed: nothing,
};

const lower = layer({
  d: dir(),
  'd/a': file(100),
  'd/b': file(20),
  l: symlink('d'),
  n: charDevice(1, 3),
  f: file(5),
  g: hardLink('f'),
});

const secondLayer = (upper: Buffer): ChangeCounts | undefined => analyzed(lower, upper).changes[1];

describe('a layer’s changes', () => {
  test('count files and links, no directories, and content once', () => {
    expect(analyzed(lower).changes).toEqual([{ ...none, added: { files: 6, bytes: 125 } }]);
  });

  test('are additions of what was not there', () => {
    expect(secondLayer(layer({ x: file(9), 'new/y': file(1), z: symlink('x') }))).toEqual({
      ...none,
      added: { files: 3, bytes: 10 },
    });
  });

  test('tell what was modified from what only got other metadata, or none', () => {
    const upper = layer({
      'd/a': otherFile(100),
      'd/b': file(20, { mode: 0o600 }),
      f: file(5),
      l: symlink('elsewhere'),
      n: charDevice(1, 3),
    });
    expect(secondLayer(upper)).toEqual({
      ...none,
      modified: { files: 2, bytes: 100 },
      metadataOnly: { files: 1, bytes: 20 },
      identical: { files: 2, bytes: 5 },
    });
  });

  test('take a change of type for a modification', () => {
    expect(secondLayer(layer({ l: file(3), n: symlink('x') }))).toEqual({ ...none, modified: { files: 2, bytes: 3 } });
  });

  test('are removals of files, with the bytes that nothing shows any more', () => {
    expect(secondLayer(layer({ '.wh.d': whiteout, '.wh.f': whiteout }))).toEqual({
      ...none,
      // f’s content has another name, g.
      removed: { files: 3, bytes: 120 },
    });
    expect(secondLayer(layer({ '.wh.f': whiteout, '.wh.g': whiteout }))).toEqual({
      ...none,
      removed: { files: 2, bytes: 5 },
    });
  });

  test('are one change where a path is deleted and written again', () => {
    expect(secondLayer(layer({ 'd/.wh.a': whiteout, 'd/a': otherFile(100) }))).toEqual({
      ...none,
      modified: { files: 1, bytes: 100 },
    });
  });

  test('turn a directory into a file: its contents are removed, the file is added', () => {
    expect(secondLayer(layer({ d: file(8) }))).toEqual({
      ...none,
      added: { files: 1, bytes: 8 },
      removed: { files: 2, bytes: 120 },
    });
  });

  test('of directories alone are none', () => {
    expect(secondLayer(layer({ d: dir({ mode: 0o700 }), e: dir() }))).toEqual(none);
  });

  test('count a hard link to a lower file as an addition of no bytes', () => {
    expect(secondLayer(layer({ x: hardLink('d/a') }))).toEqual({ ...none, added: { files: 1, bytes: 0 } });
  });

  test('count a file that its layer repeats by its last copy', () => {
    const tar = layer([
      ['x', file(10)],
      ['x', file(20)],
    ]);
    expect(secondLayer(tar)).toEqual({ ...none, added: { files: 1, bytes: 20 } });
  });
});
