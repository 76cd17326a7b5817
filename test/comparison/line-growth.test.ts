import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareImages } from '../../src/comparison/compare-images.ts';
import type { LineGrowth } from '../../src/comparison/comparison.ts';
import { lineGrowth } from '../../src/comparison/line-growth.ts';
import { factsOf, type ToldLayer } from './facts-of.ts';

const rowsOf = (old: readonly ToldLayer[], now: readonly ToldLayer[]): LineGrowth[] =>
  lineGrowth(factsOf(...old).layers, factsOf(...now).layers);
const brief = ({ kind, text, change }: LineGrowth): string => `${kind} ${text} ${change}`;
const growth = (old: readonly ToldLayer[], now: readonly ToldLayer[]): string[] => rowsOf(old, now).map(brief);

const base: ToldLayer = { content: 'base', size: 100, step: 'ADD rootfs.tar / # buildkit' };
const install: ToldLayer = { content: 'install', size: 50, step: 'RUN /bin/sh -c apk add curl # buildkit' };
const copy: ToldLayer = { content: 'copy', size: 10, step: 'COPY . /app # buildkit' };

describe('lines and their growth', () => {
  test('an image beside itself has rows of the same steps and no change', () => {
    expect(growth([base, install, copy], [base, install, copy])).toEqual([
      'same ADD rootfs.tar / 0',
      'same RUN apk add curl 0',
      'same COPY . /app 0',
    ]);
  });

  test('a step that is new, one that is gone, one that was built again', () => {
    const more: ToldLayer = { content: 'more', size: 30, step: 'RUN /bin/sh -c make data # buildkit' };
    expect(growth([base, install], [base, install, more])).toEqual([
      'added RUN make data 30',
      'same ADD rootfs.tar / 0',
      'same RUN apk add curl 0',
    ]);
    expect(growth([base, install, more], [base, install]).at(-1)).toBe('removed RUN make data -30');
    expect(growth([base, install, copy], [base, { ...install, content: 'again', size: 57 }, copy])[0]).toBe(
      'same RUN apk add curl 7',
    );
  });

  test('between two steps that stayed, one of the same kind was edited, the one most alike of several', () => {
    const edited: ToldLayer = { content: 'b', size: 60, step: 'RUN /bin/sh -c apk add curl git # buildkit' };
    const other: ToldLayer = { content: 'c', size: 5, step: 'RUN /bin/sh -c useradd app # buildkit' };
    expect(growth([base, install, copy], [base, other, edited, copy])).toEqual([
      'edited RUN apk add curl git 10',
      'added RUN useradd app 5',
      'same ADD rootfs.tar / 0',
      'same COPY . /app 0',
    ]);
    // Another kind of step is another step.
    expect(growth([base, install], [base, copy])).toEqual([
      'added COPY . /app 10',
      'same ADD rootfs.tar / 0',
      'removed RUN apk add curl -50',
    ]);
  });

  test('a step that was moved is the same step, whether its layer is or not', () => {
    expect(growth([base, install, copy], [base, copy, install]).map((row) => row.split(' ')[0])).toEqual([
      'same',
      'same',
      'same',
    ]);
    const rebuilt = [
      { ...copy, content: 'copy 2' },
      { ...install, content: 'install 2', size: 52 },
    ];
    expect(growth([base, install, copy], [base, ...rebuilt])).toEqual([
      'same RUN apk add curl 2',
      'same ADD rootfs.tar / 0',
      'same COPY . /app 0',
    ]);
  });

  test('the base image is one row where both ends are known, and none where it is not', () => {
    const of = (origin: 'base' | 'own', told: ToldLayer): ToldLayer => ({ ...told, origin });
    const old = [of('base', base), of('own', copy)];
    const now = [of('base', { ...base, content: 'new base', size: 90 }), of('base', install), of('own', copy)];
    expect(growth(old, now)).toEqual(['base base image 40', 'same COPY . /app 0']);
    expect(rowsOf(old, now)[0]).toMatchObject({ oldLayers: [0], newLayers: [0, 1], oldBytes: 100, newBytes: 140 });
    expect(growth([base, of('own', copy)], now).map((row) => row.split(' ')[0])).not.toContain('base');
  });

  test('the hash of the sources is no part of a COPY, in the words of the classic builder and of buildah', () => {
    const hash = (digit: string): string => digit.repeat(64);
    const step = (digit: string): string => `/bin/sh -c #(nop) COPY dir:${hash(digit)} in /app `;
    const old: ToldLayer = { content: 'a', size: 10, step: step('a') };
    const [row] = rowsOf([base, old], [base, { content: 'b', size: 45, step: step('b') }]);
    expect(row).toMatchObject({ kind: 'same', change: 35 });
    const mount = (digit: string): string => `/bin/sh -c --mount=type=bind,target=/src make:${hash(digit)}`;
    const made = (digit: string): ToldLayer => ({ content: digit, size: 10, step: mount(digit) });
    expect(rowsOf([base, made('a')], [base, made('b')])[1]?.kind).toBe('same');
  });

  test('a line is told by what stands in the Dockerfile, however it is broken', () => {
    const old: ToldLayer = { ...install, line: [2, 'RUN apk add curl'] };
    const now: ToldLayer = {
      content: 'x',
      size: 51,
      step: 'RUN |1 V=2 /bin/sh -c x',
      line: [5, 'RUN apk add \\\n curl'],
    };
    expect(rowsOf([base, old], [base, now])[0]).toMatchObject({
      kind: 'same',
      location: { file: 'Dockerfile', startLine: 5 },
      text: 'RUN apk add curl',
      change: 1,
    });
  });

  test('a line that is gone has its place in the old Dockerfile', () => {
    const [, gone] = rowsOf([base, { ...copy, line: [7, 'COPY . /app'] }], [base]);
    expect(gone).toMatchObject({ kind: 'removed', location: { startLine: 7 }, oldLayers: [1], newLayers: [] });
  });

  test('layers without any history are told by their place', () => {
    const bare = (content: string, size: number): ToldLayer => ({ content, size });
    expect(growth([bare('a', 5)], [bare('b', 8)])).toEqual(['edited (no history) 3']);
  });

  const toldLayer = fc.record({
    content: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { nil: null }),
    size: fc.nat({ max: 1000 }),
    step: fc.constantFrom('RUN one # buildkit', 'RUN two three # buildkit', 'COPY a b # buildkit', 'WORKDIR /x', ''),
    origin: fc.constantFrom('base' as const, 'own' as const, 'unknown' as const),
    line: fc.option(fc.tuple(fc.nat({ max: 9 }), fc.constantFrom('RUN one', 'COPY a b', 'RUN x')), { nil: undefined }),
  });
  /** The same content has the same size. */
  const toldImage = fc.array(toldLayer, { maxLength: 12 }).map((layers) =>
    layers.map(({ line, ...layer }) => ({
      ...layer,
      ...(line === undefined ? {} : { line }),
      size: layer.content === null ? layer.size : layer.content.charCodeAt(0),
    })),
  );

  test('law: the changes add up, no layer is left out, and the other way round they are negative', () => {
    fc.assert(
      fc.property(toldImage, toldImage, (old, now) => {
        const forth = compareImages(factsOf(...old), factsOf(...now), null);
        const back = compareImages(factsOf(...now), factsOf(...old), null);
        const sum = (rows: readonly LineGrowth[]): number => rows.reduce((bytes, { change }) => bytes + change, 0);
        expect(sum(forth.lines)).toBe(forth.size.change);
        expect(sum(back.lines)).toBe(0 - forth.size.change);
        const places = (side: 'oldLayers' | 'newLayers'): number[] =>
          forth.lines.flatMap((row) => row[side]).toSorted((a, b) => a - b);
        expect(places('oldLayers')).toEqual(old.map((_, at) => at));
        expect(places('newLayers')).toEqual(now.map((_, at) => at));
        const { shared, added, removed } = forth.layers;
        expect([shared.length + added.length, shared.length + removed.length]).toEqual([now.length, old.length]);
      }),
    );
  });

  test('law: an image beside itself has not changed', () => {
    fc.assert(
      fc.property(toldImage, (image) => {
        const { lines, size, layers } = compareImages(factsOf(...image), factsOf(...image), null);
        expect(size.change).toBe(0);
        const known = image.every(({ content, step, line }) => content !== null || step !== '' || line !== undefined);
        for (const { kind, change } of lines) {
          expect(['added', 'removed']).not.toContain(kind);
          if (known) expect([kind, change]).toEqual([kind === 'base' ? 'base' : 'same', 0]);
        }
        expect(layers.added.filter(({ diffId }) => diffId !== null)).toEqual([]);
      }),
    );
  });

  test('a thousand hostile layers on either side are no burden', () => {
    const many = (seed: string): ToldLayer[] =>
      Array.from({ length: 1000 }, (_, at) => ({
        content: `${seed}${at}`,
        size: 1,
        step: `RUN ${'word '.repeat(2000)}${seed}${at}`,
      }));
    const rows = rowsOf(many('a'), many('b'));
    expect(rows).toHaveLength(1000);
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['edited']));
  });
});
