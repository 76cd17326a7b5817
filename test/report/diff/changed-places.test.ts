import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileChange } from '../../../src/comparison/comparison.ts';
import { changedPlaces } from '../../../src/report/diff/changed-places.ts';

const entry = (path: string, change: number): FileChange => ({
  kind: change < 0 ? 'removed' : 'added',
  path,
  oldBytes: change < 0 ? -change : null,
  newBytes: change < 0 ? null : change,
  change,
  layer: 0,
  line: null,
});
const places = (entries: readonly FileChange[]): [string, number, number][] =>
  changedPlaces(entries).map(({ path, files, change }) => [path, files.length, change]);

describe('places of changes', () => {
  test('many small files are told by their directory, a large one by its name', () => {
    const modules = Array.from({ length: 100 }, (_, at) => entry(`/app/node_modules/m${at}/index.js`, 1000));
    const removed = ['a', 'b', 'c'].map((name) => entry(`/usr/share/zones/${name}`, -50));
    expect(places([...modules, entry('/app/main', 300), ...removed, entry('/big', 900_000)])).toEqual([
      ['/big', 1, 900_000],
      ['/app/node_modules/', 100, 100_000],
      ['/app/main', 1, 300],
      ['/usr/share/zones/', 3, -150],
    ]);
  });

  test('what comes and goes in one place counts both ways', () => {
    expect(places([entry('/lib/a-1', -500), entry('/lib/a-2', 500), entry('/x', 20), entry('/empty', 0)])).toEqual([
      ['/lib/a-1', 1, -500],
      ['/lib/a-2', 1, 500],
      ['/x', 1, 20],
    ]);
    expect(places([])).toEqual([]);
  });

  test('a directory of any depth is told at once', () => {
    const deep = 'd/'.repeat(3000);
    expect(places(['a', 'b', 'c'].map((name) => entry(`/${deep}${name}`, 5)))).toEqual([[`/${deep}`, 3, 15]]);
  });

  test('a hundred thousand files of one directory are no burden', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => entry(`/${at}`, 1));
    expect(places(many)).toEqual([['/', 100_000, 100_000]]);
    expect(places([...many, entry('/big', 1_000_000)])).toHaveLength(100_001);
  });

  test('law: each file with a change is in one place', () => {
    const path = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 5 });
    const some = fc.uniqueArray(
      fc
        .tuple(path, fc.integer({ min: -1000, max: 1000 }))
        .map(([names, change]) => entry(`/${names.join('/')}`, change)),
      { selector: (one) => one.path, maxLength: 60 },
    );
    fc.assert(
      fc.property(some, (entries) => {
        const found = changedPlaces(entries);
        expect(found.flatMap(({ files }) => files.map((file) => file.path)).toSorted()).toEqual(
          entries
            .filter(({ change }) => change !== 0)
            .map((one) => one.path)
            .toSorted(),
        );
        for (const { path: place, files, change } of found) {
          expect(files.every((file) => file.path.startsWith(place))).toBe(true);
          expect(change).toBe(files.reduce((sum, file) => sum + file.change, 0));
        }
      }),
    );
  });
});
