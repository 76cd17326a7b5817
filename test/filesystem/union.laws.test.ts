import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/analysis/analysis.ts';
import { nodesBelow } from '../../src/filesystem/find-path.ts';
import { root } from '../../src/filesystem/file-tree.ts';
import type { Filesystem } from '../../src/filesystem/filesystem.ts';
import { snapshotAfter } from '../../src/filesystem/snapshot.ts';
import { entryTypeName } from '../../src/layer/entry-type.ts';
import { stack, type Stacked } from '../stack-layers.ts';
import { type Item, layer } from '../write-layer.ts';
import { apply, type Folder, newFolder, type Operation, snapshot, walk } from './model.ts';
import { difference, type Habits } from './model-layer.ts';

const name = fc.constantFrom('a', 'b', 'c', 'wh');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const mode = fc.constantFrom(0o644, 0o755, 0o600);
const content = fc.constantFrom('', 'x', 'yy', 'zzz', 'xyz');

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('write' as const), path, content, mode }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('mkdir' as const), path }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('remove' as const, 'empty' as const), path }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('fifo' as const), path }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('symlink' as const), path, target: path }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('chmod' as const), path, mode }) },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constantFrom('rename' as const, 'link' as const), from: path, to: path }),
  },
);
const habits: fc.Arbitrary<Habits> = fc.record({
  opaque: fc.boolean(),
  linksToLower: fc.boolean(),
  parents: fc.boolean(),
});
const steps = fc.array(fc.array(operation, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 6 });

type Named = readonly [name: string, item: Item];

/** Layers that make the model's states, and its last state. */
function build(
  built: readonly (readonly Operation[])[],
  how: Habits,
  arrange: (entries: readonly Named[], whiteouts: readonly Named[]) => readonly Named[],
): { model: Folder; tars: Buffer[] } {
  const model = newFolder();
  const tars = built.map((operations) => {
    const before = snapshot(model);
    for (const one of operations) apply(model, one);
    const { entries, whiteouts } = difference(before, model, how);
    return layer(arrange(entries, whiteouts));
  });
  return { model, tars };
}

const whiteoutsFirst = (entries: readonly Named[], whiteouts: readonly Named[]): readonly Named[] => [
  ...whiteouts,
  ...entries,
];

/** The model in words; names of one inode show the first of them. */
function modelWords(model: Folder): Record<string, string> {
  const firstNames = new Map<object, string>();
  const words: Record<string, string> = {};
  for (const [at, place] of walk(model)) {
    const first = firstNames.get(place) ?? at;
    firstNames.set(place, first);
    const detail =
      place.kind === 'dir' ? '' : ` ${place.kind === 'file' ? place.content.length : place.content} ${first}`;
    words[`/${at}`] = `${place.kind} ${place.mode.toString(8)}${detail}`;
  }
  return words;
}

function wordsOf(tree: Filesystem): Record<string, string> {
  const firstNames = new Map<string, string>();
  const words: Record<string, string> = {};
  for (const node of nodesBelow(tree, root)) {
    const inode = tree.inode(node);
    const view = inode === null ? undefined : tree.layers[inode.layer];
    const at = tree.path(node).slice(1);
    if (inode === null || view === undefined) {
      words[`/${at}`] = 'implied';
      continue;
    }
    const key = `${inode.layer}:${inode.entry}`;
    const first = firstNames.get(key) ?? at;
    firstNames.set(key, first);
    const kind = entryTypeName(tree.type(node));
    const said = kind === 'file' ? view.size(inode.entry) : view.link(inode.entry);
    const detail = kind === 'dir' ? '' : ` ${said} ${first}`;
    words[`/${at}`] = `${kind} ${view.index.mode[inode.entry]?.toString(8)}${detail}`;
  }
  return words;
}

/** Contents of the visible files, by path. */
function digests({ union, contents }: Stacked): Record<string, string | null> {
  const found: Record<string, string | null> = {};
  for (const node of nodesBelow(union.tree, root)) {
    const inode = union.tree.inode(node);
    if (inode !== null) found[union.tree.path(node)] = contents.digest(inode);
  }
  return found;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Bytes of the files that can be seen, each content once: counted by walking the tree. */
function visibleBytes({ union: { tree, layers } }: Stacked): number {
  const sizes = new Map<string, number>();
  for (const node of nodesBelow(tree, root)) {
    const inode = tree.inode(node);
    if (inode !== null) sizes.set(`${inode.layer}:${inode.entry}`, layers[inode.layer]?.size(inode.entry) ?? 0);
  }
  return sum([...sizes.values()]);
}

function expectSumsToHold(stacked: Stacked): void {
  const { sizeBytes, layerBytes, waste } = analyze(stacked.union, stacked.contents, []);
  expect(waste.bytes + visibleBytes(stacked)).toBe(sizeBytes);
  expect(sum(layerBytes)).toBe(sizeBytes);
  expect(sum(Object.values(waste.byCause))).toBe(waste.bytes);
  expect(sum(waste.byLayer)).toBe(waste.bytes);
  expect(sum(waste.files.map(({ bytes }) => bytes))).toBe(waste.bytes);
  for (const { bytes, copies } of waste.files) expect(sum(copies.map((copy) => copy.bytes))).toBe(bytes);
}

function expectSnapshotsToHold(tars: readonly Buffer[]): void {
  const { union } = stack(...tars);
  tars.forEach((_, at) => {
    const below = stack(...tars.slice(0, at + 1)).union.tree;
    expect(wordsOf(snapshotAfter(union, at))).toEqual(wordsOf(below));
  });
  expect(wordsOf(snapshotAfter(union, -1))).toEqual({});
  for (const from of union.layers.keys())
    for (let to = -1; to < union.layers.length; to++) {
      const near = { layer: from, snapshot: snapshotAfter(union, from) };
      expect(wordsOf(snapshotAfter(union, to, near))).toEqual(wordsOf(snapshotAfter(union, to)));
    }
}

describe('layers of any build', () => {
  test('stack to the filesystem that the build’s steps leave', () => {
    fc.assert(
      fc.property(steps, habits, (built, how) => {
        const { model, tars } = build(built, how, whiteoutsFirst);
        const stacked = stack(...tars);
        expect(wordsOf(stacked.union.tree)).toEqual(modelWords(model));
        expect(stacked.union.oddities.map(({ code }) => code)).not.toContain('dangling-whiteout');
      }),
      { numRuns: 700 },
    );
  });

  test('show every byte or waste it', () => {
    fc.assert(
      fc.property(steps, habits, (built, how) => {
        const { model, tars } = build(built, how, whiteoutsFirst);
        const stacked = stack(...tars);
        expectSumsToHold(stacked);
        const files = new Map(
          [...walk(model)].map(([, place]) => [place, place.kind === 'file' ? place.content.length : 0]),
        );
        expect(visibleBytes(stacked)).toBe(sum([...files.values()]));
      }),
      { numRuns: 300 },
    );
  });

  test('leave the filesystem at each of them that they alone would make', () => {
    fc.assert(
      fc.property(steps, habits, (built, how) => expectSnapshotsToHold(build(built, how, whiteoutsFirst).tars)),
      { numRuns: 200 },
    );
  });

  test('do not depend on where in a layer its whiteouts stand', () => {
    const shuffle = fc.infiniteStream(fc.nat());
    fc.assert(
      fc.property(steps, habits, shuffle, (built, how, places) => {
        const scattered = (entries: readonly Named[], whiteouts: readonly Named[]): Named[] => {
          const all = [...entries];
          for (const one of whiteouts) all.splice((places.next().value as number) % (all.length + 1), 0, one);
          return all;
        };
        const one = stack(...build(built, how, whiteoutsFirst).tars);
        const other = stack(...build(built, how, scattered).tars);
        expect(wordsOf(other.union.tree)).toEqual(wordsOf(one.union.tree));
        expect(digests(other)).toEqual(digests(one));
        const [analysis, otherAnalysis] = [one, other].map(({ union, contents }) => analyze(union, contents, []));
        expect(otherAnalysis?.waste).toEqual(analysis?.waste);
        expect(otherAnalysis?.changes).toEqual(analysis?.changes);
      }),
      { numRuns: 200 },
    );
  });
});

describe('entries that no build would write', () => {
  const part = fc.constantFrom('a', 'b', 'c', '..', '.', '.wh.a', '.wh.b', '.wh..wh..opq', '.wh..wh.plnk', '');
  const anyPath = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const item: fc.Arbitrary<Item> = fc.oneof(
    fc.record({ content: fc.constantFrom('x', 'yy', '') }),
    fc.record({ type: fc.constant('5') }),
    fc.record({ type: fc.constantFrom('1', '2'), link: anyPath }),
    fc.record({ type: fc.constantFrom('3', '4', '6', '7') }),
  );
  // A slash at its end makes an old file a directory, which has no content.
  const entry = fc
    .tuple(anyPath, item)
    .map(([at, one]) => [one.content === undefined ? at : at.replace(/\/+$/, ''), one] as const);
  const anyLayer = fc.array(entry, { maxLength: 12 });

  test('stack without failing, and every byte is shown or wasted', () => {
    fc.assert(
      fc.property(fc.array(anyLayer, { minLength: 1, maxLength: 4 }), (layers) => {
        expectSumsToHold(stack(...layers.map((entries) => layer(entries))));
      }),
      { numRuns: 700 },
    );
  });

  test('leave the filesystem at each layer that the layers up to there would make', () => {
    fc.assert(
      fc.property(fc.array(anyLayer, { minLength: 1, maxLength: 4 }), (layers) =>
        expectSnapshotsToHold(layers.map((entries) => layer(entries))),
      ),
      { numRuns: 300 },
    );
  });
});
