import { expect, test } from 'vitest';
import { withSameBase } from '../../src/comparison/same-base.ts';
import { factsOf, type ToldLayer } from './facts-of.ts';

const copy = 'COPY . . # buildkit';
const make = 'RUN /bin/sh -c make # buildkit';
const layer = (content: string, size: number, step: string, origin: ToldLayer['origin'] = 'unknown'): ToldLayer => ({
  content,
  size,
  step,
  origin,
});

const now = factsOf(
  layer('os', 100, 'ADD rootfs.tar /', 'base'),
  layer('node', 50, 'RUN install node', 'base'),
  layer('source 2', 7, copy, 'own'),
  layer('made 2', 9, make, 'own'),
);

const origins = (...layers: readonly ToldLayer[]): string[] =>
  withSameBase(factsOf(...layers), now).layers.map(({ origin }) => origin);

const base = [layer('os', 100, 'ADD rootfs.tar /'), layer('node', 50, 'RUN install node')];

test('the same base layers and the same first step upon them tell the base', () => {
  const facts = withSameBase(factsOf(...base, layer('source 1', 5, copy), layer('made 1', 8, 'RUN other')), now);
  expect(facts.layers.map(({ origin }) => origin)).toEqual(['base', 'base', 'own', 'own']);
  expect(facts.image).toMatchObject({ baseBytes: 150, ownBytes: 13 });
  expect(facts.waste).toMatchObject({ own: { bytes: 0 }, base: { bytes: 0 } });
});

test('the first layer upon the base may be the same without a history', () => {
  expect(origins(...base, { content: 'source 2', size: 7 })).toEqual(['base', 'base', 'own']);
});

test.each<[what: string, layers: readonly ToldLayer[]]>([
  ['a larger base', [...base, layer('lib', 30, 'RUN install lib'), layer('source 1', 5, copy)]],
  ['an edited first step', [...base, layer('source 1', 5, 'COPY src . # buildkit')]],
  [
    'a base that moved',
    [layer('os', 100, 'ADD rootfs.tar /'), layer('node 2', 51, 'RUN install node'), layer('s', 5, copy)],
  ],
  ['the base alone', base],
  ['layers that nobody can identify', [{ content: null, size: 100 }, { content: null, size: 50 }, layer('s', 5, copy)]],
])('%s stays unknown', (_what, layers) => {
  expect(new Set(origins(...layers))).toEqual(new Set(['unknown']));
});

test('what is known already stays as it is, and what is not known cannot be handed on', () => {
  const known = factsOf(layer('os', 100, 'ADD rootfs.tar /', 'own'), layer('source 1', 5, copy, 'own'));
  expect(withSameBase(known, now)).toBe(known);
  const unknown = factsOf(...base, layer('source 1', 5, copy));
  expect(withSameBase(unknown, unknown)).toBe(unknown);
  const scratch = factsOf(layer('source 1', 5, copy, 'own'));
  expect(withSameBase(unknown, scratch)).toBe(unknown);
});
