import { describe, expect, test } from 'vitest';
import { wasteBySteps } from '../../src/analysis/waste-by-steps.ts';
import { analyzed } from '../stack-layers.ts';
import { dir, file, hardLink, layer, otherFile, symlink, whiteout } from '../write-layer.ts';

const only = (cause: string, bytes: number): Record<string, number> => ({
  overwritten: 0,
  deleted: 0,
  metadataOnly: 0,
  identical: 0,
  [cause]: bytes,
});

describe('a wasted file', () => {
  const lower = layer({ a: file(100, { mode: 0o644, mtime: 1000 }), kept: file(7) });

  test.each([
    ['other bytes of its size', otherFile(100), 'overwritten'],
    ['more bytes', file(1000), 'overwritten'],
    ['no bytes', file(0), 'overwritten'],
    ['a link', symlink('kept'), 'overwritten'],
    ['a directory', dir(), 'overwritten'],
    ['another mode', file(100, { mode: 0o755, mtime: 1000 }), 'metadataOnly'],
    ['another owner', file(100, { uid: 5, mtime: 1000 }), 'metadataOnly'],
    ['another group', file(100, { gid: 5, mtime: 1000 }), 'metadataOnly'],
    ['another time', file(100, { mtime: 1001 }), 'metadataOnly'],
    ['nothing changed', file(100, { mtime: 1000 }), 'identical'],
  ])('is there when a later layer writes it with %s', (_, item, cause) => {
    const { waste } = analyzed(lower, layer({ a: item }));
    expect(waste.bytes).toBe(100);
    expect(waste.byCause).toEqual(only(cause, 100));
    expect(waste.byLayer).toEqual([100, 0]);
    expect(waste.files).toEqual([
      { path: '/a', bytes: 100, cause, copies: [{ layer: 0, bytes: 100, wastedByLayer: 1 }], wastedByLayer: 1 },
    ]);
  });

  test.each([
    ['a whiteout', { '.wh.a': whiteout }],
    ['an opaque marker', { '.wh..wh..opq': whiteout, kept: file(7) }],
  ])('is there when %s deletes it', (_, upper) => {
    const { waste } = analyzed(lower, layer(upper));
    expect(waste.byCause.deleted + waste.byCause.identical).toBe(waste.bytes);
    expect(waste.files[0]).toMatchObject({ path: '/a', bytes: 100, cause: 'deleted', wastedByLayer: 1 });
  });

  test('is deleted when its directory is replaced by what is none', () => {
    const { waste } = analyzed(layer({ 'd/a': file(100), 'd/e/b': file(50) }), layer({ d: file(3) }));
    expect(waste.byCause).toEqual(only('deleted', 150));
    expect(waste.files.map(({ path }) => path)).toEqual(['/d/a', '/d/e/b']);
  });

  test('that is deleted and written again with the same content in one layer was overwritten by it', () => {
    const { waste } = analyzed(lower, layer({ '.wh.a': whiteout, a: file(100, { mtime: 1000 }) }));
    expect(waste.byCause).toEqual(only('identical', 100));
  });

  test('is one in the list, with all its copies', () => {
    const { waste } = analyzed(
      layer({ a: file(10) }),
      layer({ a: file(20) }),
      layer({ a: file(30) }),
      layer({ a: file(40) }),
    );
    expect(waste.files).toEqual([
      {
        path: '/a',
        bytes: 60,
        cause: 'overwritten',
        copies: [
          { layer: 0, bytes: 10, wastedByLayer: 1 },
          { layer: 1, bytes: 20, wastedByLayer: 2 },
          { layer: 2, bytes: 30, wastedByLayer: 3 },
        ],
        wastedByLayer: 3,
      },
    ]);
    expect(waste.byLayer).toEqual([10, 20, 30, 0]);
  });

  test('is listed once for each cause', () => {
    const { waste } = analyzed(layer({ a: file(10) }), layer({ a: file(20) }), layer({ '.wh.a': whiteout }));
    expect(waste.files.map(({ cause, bytes }) => [cause, bytes])).toEqual([
      ['deleted', 20],
      ['overwritten', 10],
    ]);
  });

  test('may be repeated within its layer: all copies but the last are overwritten', () => {
    const { waste, sizeBytes } = analyzed(
      layer([
        ['a', file(100)],
        ['a', file(100)],
        ['a', file(30)],
      ]),
    );
    expect(sizeBytes).toBe(230);
    expect(waste.byCause).toEqual(only('overwritten', 200));
  });

  test('is overwritten where its own layer repeats it just so: no step of a build did that', () => {
    const { waste } = analyzed(
      layer([
        ['a', file(100)],
        ['a', file(100)],
      ]),
    );
    expect(waste.byCause).toEqual(only('overwritten', 100));
  });

  test('may be a whiteout with content', () => {
    const { waste } = analyzed(layer({ b: file(1) }), layer({ '.wh.b': file(50), '.wh..wh.plnk': file(5) }));
    expect(waste).toMatchObject({ bytes: 56, byLayer: [1, 55] });
    expect(waste.files.map(({ path }) => path)).toEqual(['/.wh.b', '/.wh..wh.plnk', '/b']);
  });

  test('is none of no bytes', () => {
    const { waste } = analyzed(layer({ a: file(0), l: symlink('a') }), layer({ '.wh.a': whiteout, l: file(1) }));
    expect(waste).toMatchObject({ bytes: 0, files: [] });
  });

  test('is none while its layer gives the content another name', () => {
    const { waste } = analyzed(lower, layer({ b: hardLink('a'), a: file(100, { mtime: 1000 }) }));
    // The old content has another name now.
    expect(waste.bytes).toBe(0);
  });
});

test('files come largest first, then by path', () => {
  const { waste } = analyzed(
    layer({ c: file(5), a: file(5), b: file(50) }),
    layer({ '.wh.a': whiteout, '.wh.b': whiteout, '.wh.c': whiteout }),
  );
  expect(waste.files.map(({ path }) => path)).toEqual(['/b', '/a', '/c']);
});

test('waste adds up by the pair of steps that made it', () => {
  const { waste } = analyzed(
    layer({ a: file(100), b: file(30), c: file(7) }),
    layer({ a: file(60) }),
    layer({ '.wh.a': whiteout, '.wh.b': whiteout, '.wh.c': whiteout }),
  );
  expect(wasteBySteps(waste.files)).toEqual([
    { cause: 'overwritten', layer: 0, wastedByLayer: 1, bytes: 100, files: 1 },
    { cause: 'deleted', layer: 1, wastedByLayer: 2, bytes: 60, files: 1 },
    { cause: 'deleted', layer: 0, wastedByLayer: 2, bytes: 37, files: 2 },
  ]);
});
