import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyzed } from '../stack-layers.ts';
import { dir, file, type Item, layer, otherFile, whiteout } from '../write-layer.ts';
import { diveByTheBook, partsOf } from './dive-by-the-book.ts';

describe('dive’s numbers, beside the bytes that are really wasted', () => {
  const kept = { kept: file(100) };

  test.each([
    ['the same file in two layers', [layer({ a: file(1000) }), layer({ a: file(1000) })], 0.5, 2000, 1000],
    ['a file deleted later', [layer({ a: file(1000), ...kept }), layer({ '.wh.a': whiteout })], 100 / 1100, 1000, 1000],
    [
      'a directory deleted later',
      [layer({ d: dir(), 'd/a': file(1000), ...kept }), layer({ '.wh.d': whiteout })],
      1,
      0,
      1000,
    ],
    [
      'a directory replaced through an opaque marker',
      [layer({ d: dir(), 'd/a': file(1000), ...kept }), layer({ d: dir(), 'd/.wh..wh..opq': whiteout })],
      1,
      0,
      1000,
    ],
    [
      'a whiteout without a target in a layer that rewrites a file',
      [layer({ a: file(4096) }), layer({ '.wh.A': whiteout, a: otherFile(4096) })],
      4095 / 4096,
      0,
      4096,
    ],
    ['a file rewritten larger', [layer({ a: file(100) }), layer({ a: file(1000) })], 100 / 1100, 1100, 100],
    ['nothing but deletions', [layer({ a: file(1000) }), layer({ '.wh.a': whiteout })], 0, 1000, 1000],
  ])('%s', (_, tars, efficiency, wasted, really) => {
    const { dive, waste } = analyzed(...tars);
    expect(dive.efficiencyScore).toBe(efficiency);
    expect(dive.wastedBytes).toBe(wasted);
    expect(waste.bytes).toBe(really);
  });

  test('have no share of user layers where those hold nothing', () => {
    expect(analyzed(layer({ a: file(1000) }), layer({ '.wh.a': whiteout })).dive.userWastedPercent).toBeNull();
    expect(analyzed(layer({ a: file(1000) })).dive).toEqual({
      efficiencyScore: 1,
      wastedBytes: 0,
      userWastedPercent: null,
      sizeBytes: 1000,
      userSizeBytes: 0,
    });
  });

  test('have a share above one where user layers waste more than they hold', () => {
    expect(analyzed(layer({ a: file(1000) }), layer({ a: file(1000) })).dive.userWastedPercent).toBe(2);
  });

  test('count both copies of a path that occurs twice, and nothing for empty directories', () => {
    const { dive } = analyzed(
      layer({ etc: dir(), a: file(10), b: file(30) }),
      layer({ etc: dir(), a: file(20), b: file(30) }),
      layer({ etc: dir() }),
    );
    expect(dive.wastedBytes).toBe(90);
  });

  test('count every copy within a layer in its size, and measure the last', () => {
    const twice = layer([
      ['a', file(10)],
      ['a', file(30)],
    ]);
    expect(analyzed(twice, layer({ a: file(5) })).dive).toMatchObject({ sizeBytes: 45, wastedBytes: 35 });
  });
});

test('dive’s numbers are what its formulas give, on any layers', () => {
  const part = fc.constantFrom('a', 'b', 'c', 'd', '.wh.a', '.wh.b', '.wh..wh..opq', '.wh..wh.plnk', '..', '.');
  const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  const item: fc.Arbitrary<Item> = fc.oneof(
    fc.nat(9).map((size) => file(size)),
    fc.constant(dir()),
  );
  // A file that claims to be the root is no entry.
  const named = fc.tuple(path, item).filter(([at]) => partsOf(at).length > 0);
  const layers = fc.array(fc.array(named, { maxLength: 10 }), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(layers, (stacked) => {
      const { dive } = analyzed(...stacked.map((entries) => layer(entries)));
      const expected = diveByTheBook(
        stacked.map((entries) =>
          entries.map(([at, { content = '', type }]) => ({ path: at, size: content.length, isDir: type === '5' })),
        ),
      );
      expect(dive).toMatchObject({ ...expected });
      const share = expected.wastedBytes / expected.userSizeBytes;
      expect(dive.userWastedPercent).toBe(Number.isFinite(share) ? share : null);
    }),
    { numRuns: 600 },
  );
});
