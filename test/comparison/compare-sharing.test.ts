import { expect, test } from 'vitest';
import { compareSharing } from '../../src/comparison/compare-sharing.ts';
import { factsOf } from './facts-of.ts';

const base = { content: 'base', size: 100 };
const tools = { content: 'tools', size: 40 };

test('images that share layers: what each has alone, and all together', () => {
  const sharing = compareSharing([
    factsOf(base, tools, { content: 'one', size: 5 }),
    factsOf(base, tools, tools),
    factsOf(base, { content: 'three', size: 60 }),
  ]);
  expect(
    sharing.images.map(({ sizeBytes, uniqueBytes, sharedBytes }) => [sizeBytes, uniqueBytes, sharedBytes]),
  ).toEqual([
    [145, 5, 140],
    [180, 0, 180],
    [160, 60, 100],
  ]);
  expect(sharing.layers.map(({ diffId, images }) => [diffId, images])).toEqual([
    ['sha256:base', [0, 1, 2]],
    ['sha256:tools', [0, 1]],
    ['sha256:three', [2]],
    ['sha256:one', [0]],
  ]);
  expect([sharing.totalBytes, sharing.sumBytes]).toEqual([205, 485]);
});

test('what nothing tells is a layer of its own', () => {
  const unknown = { content: null, size: 3 };
  expect(compareSharing([factsOf(unknown, unknown), factsOf(unknown)]).layers).toHaveLength(3);
});
