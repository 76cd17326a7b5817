import { describe, expect, test } from 'vitest';
import { toNumber } from '../../src/budgets/fraction.ts';
import { measureSaved } from '../../src/budgets/measure-saved.ts';
import type { Measures } from '../../src/budgets/measures.ts';
import type { ImageFacts } from '../../src/comparison/image-facts.ts';
import type { Step } from '../report/report-of.ts';
import { dir, file, hardLink, layer, otherFile, symlink, whiteout } from '../write-layer.ts';
import { budgetOf, measured, type WrittenBudget } from './budget-of.ts';

const dockerfile = ['FROM scratch AS base', 'COPY . /', 'RUN make', 'FROM base', 'RUN clean', ''].join('\n');
const steps: readonly Step[] = [
  { tar: layer({ d: dir(), 'd/a': file(100), 'd/b.log': file(20), 'e/c.log': file(3) }), createdBy: 'COPY . /' },
  {
    tar: layer({ 'd/a': otherFile(1000), 'e/link': symlink('c.log'), 'e/hard': hardLink('d/a') }),
    createdBy: 'RUN make',
  },
  { tar: layer({ 'd/.wh.b.log': whiteout, f: file(50) }), createdBy: 'RUN clean' },
];

/** Values by layer or stage, the only one without a name; or why there are none. */
function valuesOf(measures: Measures, written: WrittenBudget): unknown {
  const found = measures.of(budgetOf(written));
  if (found.kind === 'unknown') return found.reason;
  const values = found.parts.map(({ value, culprit }) => [culprit, toNumber(value)]);
  return values.length === 1 && values[0]?.[0] === null ? values[0][1] : Object.fromEntries(values);
}

function valueIn(options: Parameters<typeof measured>[0], written: WrittenBudget): unknown {
  return valuesOf(measured(options, steps, budgetOf(written)).measures, written);
}

const layers = ['layer 0 (COPY . /)', 'layer 1 (RUN make)', 'layer 2 (RUN clean)'] as const;
const byLayer = (...values: readonly number[]): Record<string, number> =>
  Object.fromEntries(values.map((value, at) => [layers[at] ?? '', value]));

describe('an image', () => {
  test.each<[WrittenBudget, unknown]>([
    [{ metric: 'size' }, 1173],
    [{ metric: 'wasted' }, 120],
    [{ metric: 'wastedPercent' }, 12000 / 1173],
    [{ metric: 'layers' }, 3],
    [{ metric: 'files' }, 5],
    [{ metric: 'size', path: '/**' }, 1173],
    [{ metric: 'size', path: '/d/**' }, 1120],
    [{ metric: 'size', path: '**/*.log' }, 23],
    [{ metric: 'size', path: '/e/**' }, 3],
    [{ metric: 'wasted', path: '**/*.log' }, 20],
    [{ metric: 'wastedPercent', path: '**/*.log' }, 2000 / 23],
    [{ metric: 'wastedPercent', path: '/none/**' }, 0],
    [{ metric: 'files', path: '/e/**' }, 3],
    [{ metric: 'files', path: '/d' }, 1],
    [{ metric: 'size', scope: 'layer' }, byLayer(123, 1000, 50)],
    [{ metric: 'wasted', scope: 'layer' }, byLayer(120, 0, 0)],
    [{ metric: 'files', scope: 'layer' }, byLayer(1, 3, 1)],
    [{ metric: 'size', scope: 'layer', path: '/d/**' }, byLayer(120, 1000, 0)],
    [{ metric: 'size', scope: 'own' }, 1173],
    [{ metric: 'size', scope: 'base' }, 0],
    [{ metric: 'layers', scope: 'own' }, 3],
    [
      { metric: 'size', scope: 'stage' },
      { 'stage base': 1123, 'stage 1': 50 },
    ],
    [
      { metric: 'layers', scope: 'stage' },
      { 'stage base': 2, 'stage 1': 1 },
    ],
    [{ metric: 'size', scope: 'stage', stage: 'base', path: '/d/a' }, 1100],
    [{ metric: 'size', scope: 'stage', stage: 'BASE' }, 1123],
    [
      { metric: 'size', scope: 'stage', stage: 'bsae' },
      'no layer of the image is from a stage bsae; did you mean base?',
    ],
    [
      { metric: 'size', scope: 'stage', stage: 'production' },
      'no layer of the image is from a stage production; its layers are from base, 1',
    ],
    [
      { metric: 'compressed' },
      'nobody can tell the compressed size: layer 0 is not compressed where it was read; judge the image in a registry, or in an archive or a layout with compressed layers',
    ],
  ])('%j is %j', (written, value) => expect(valueIn({ dockerfile }, written)).toEqual(value));

  test('without a Dockerfile has no base, no own layers and no stages', () => {
    expect(valueIn({}, { metric: 'size', scope: 'own' })).toMatch(/^nobody can tell .* \(--base\)$/);
    expect(valueIn({}, { metric: 'size', scope: 'base', path: '/d' })).toMatch(/^nobody can tell/);
    expect(valueIn({}, { metric: 'size', scope: 'stage' })).toMatch(/^nobody can tell which stage layer 0 is from/);
    expect(valueIn({}, { metric: 'size', scope: 'layer' })).toEqual(byLayer(123, 1000, 50));
  });

  test('has no waste at paths that are ignored, and all its bytes', () => {
    const ignore = ['/d/*.log'];
    expect(valueIn({ ignore }, { metric: 'wasted' })).toBe(100);
    expect(valueIn({ ignore }, { metric: 'wasted', path: '/d/**' })).toBe(100);
    expect(valueIn({ ignore }, { metric: 'wasted', path: '**/*.log' })).toBe(0);
    expect(valueIn({ ignore }, { metric: 'size', path: '**/*.log' })).toBe(23);
  });

  test('without layers has nothing in any of them', () => {
    const { measures } = measured({}, []);
    for (const scope of ['image', 'own', 'layer', 'stage'] as const)
      expect(valuesOf(measures, { metric: 'size', scope })).toBe(0);
  });

  test('has the compressed size of its layers', () => {
    const { report } = measured({}, steps).image;
    const facts: ImageFacts = {
      ...report,
      layers: report.layers.map((each) => ({ ...each, compressedBytes: each.index + 10 })),
    };
    expect(valuesOf(measureSaved(facts), { metric: 'compressed' })).toBe(33);
    expect(valuesOf(measureSaved(facts), { metric: 'compressed', scope: 'layer' })).toEqual(byLayer(10, 11, 12));
  });
});

describe('content with several names', () => {
  const twice = layer({ 'a/x': file(100), 'b/y': hardLink('a/x'), 'c/z': hardLink('a/x') });
  const sizes = (tars: readonly Buffer[]): unknown[] => {
    const asked = ['/a/**', '/b/**', '/c/**'].map((path): WrittenBudget => ({ metric: 'size', path }));
    const { measures } = measured(
      {},
      tars.map((tar) => ({ tar })),
      ...asked.map(budgetOf),
    );
    return asked.map((each) => valuesOf(measures, each));
  };

  test('counts where the bytes are', () => expect(sizes([twice])).toEqual([100, 0, 0]));
  test('counts at one of the names that are left', () => {
    expect(sizes([twice, layer({ 'a/.wh.x': whiteout })])).toEqual([0, 100, 0]);
    expect(sizes([twice, layer({ 'a/.wh.x': whiteout, 'b/.wh.y': whiteout })])).toEqual([0, 0, 100]);
  });
  test('counts at its last name when it is dead', () => {
    const gone = layer({ 'a/.wh.x': whiteout, 'b/.wh.y': whiteout, 'c/.wh.z': whiteout });
    expect((sizes([twice, gone]) as number[]).reduce((sum, one) => sum + one)).toBe(100);
  });
});

describe('a saved report', () => {
  const { image } = measured({ dockerfile }, steps);

  test('tells everything of layers', () => {
    const saved = measureSaved({ ...image.report, budgets: null });
    const { measures } = measured({ dockerfile }, steps);
    for (const metric of ['size', 'wasted', 'wastedPercent', 'files', 'layers'] as const)
      for (const scope of ['image', 'own', 'base', 'layer', 'stage'] as const)
        expect(saved.of(budgetOf({ metric, scope }))).toEqual(measures.of(budgetOf({ metric, scope })));
    expect(saved.of(budgetOf({ metric: 'efficiency' }))).toEqual(measures.of(budgetOf({ metric: 'efficiency' })));
  });

  test('tells of paths what its own budgets measured', () => {
    const result = { metric: 'size', scope: 'image', stage: null, path: '/d/**', value: 7 };
    const saved = measureSaved({
      ...image.report,
      budgets: { results: [result, { ...result, value: 9 }, { ...result, path: '/e/**', value: null }] },
    });
    expect(valuesOf(saved, { metric: 'size', path: '/d/**' })).toBe(9);
    for (const other of [{ path: '/e/**' }, { path: '/d/*' }, { path: '/d/**', scope: 'layer' }] as const)
      expect(valuesOf(saved, { metric: 'size', ...other })).toMatch(/^a saved report knows of paths only what/);
    expect(valuesOf(measureSaved(image.report), { metric: 'size', path: '/d/**' })).toContain('--report json=FILE');
  });
});
