import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Metric, Scope } from '../../src/budgets/budget.ts';
import { evaluate } from '../../src/budgets/evaluate.ts';
import { toNumber } from '../../src/budgets/fraction.ts';
import { measureSaved } from '../../src/budgets/measure-saved.ts';
import type { Measures } from '../../src/budgets/measures.ts';
import { nodesBelow } from '../../src/filesystem/find-path.ts';
import { root } from '../../src/filesystem/file-tree.ts';
import { naiveMatch } from '../globs/naive-match.ts';
import type { Step } from '../report/report-of.ts';
import { dir, file, hardLink, type Item, layer, otherFile, symlink } from '../write-layer.ts';
import { budgetOf, measured, type WrittenBudget } from './budget-of.ts';

const part = fc.constantFrom('a', 'b', 'ab', '.wh.a', '.wh.b', '.wh..wh..opq');
const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const item: fc.Arbitrary<Item> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(file(5000), otherFile(5000), file(3), file(0), dir()) },
  path.map(symlink),
  path.map(hardLink),
);
const dockerfile = 'FROM scratch AS one\nRUN a\nRUN b\nFROM one\nRUN c\nRUN d\n';
type Entries = readonly (readonly [string, Item])[];
const stack: fc.Arbitrary<readonly Entries[]> = fc.array(fc.array(fc.tuple(path, item), { maxLength: 8 }), {
  minLength: 4,
  maxLength: 4,
});
/** The layers of a stack, made by the lines of the Dockerfile. */
const stepsOf = (layers: readonly Entries[]): Step[] =>
  layers.map((entries, at) => ({ tar: layer(entries), createdBy: `RUN ${'abcd'.charAt(at)}` }));
const ignore = fc.subarray(['/a', '**/b', '/*/ab/**']);
const metrics = ['size', 'wasted', 'files'] as const;

function parts(measures: Measures, written: WrittenBudget): number[] {
  const found = measures.of(budgetOf(written));
  if (found.kind === 'unknown') throw new Error(found.reason);
  return found.parts.map(({ value }) => toNumber(value));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const value = (measures: Measures, written: WrittenBudget): number => sum(parts(measures, written));

test('parts of an image add up to it: own and base, layers, stages, and paths that leave none out', () => {
  // By the first name, and by the last part of any name: no path is in two, and none in none.
  const partitions = [['/**'], ['/a', '/[^a]*', '/a?*'], ['/*', '/none']];
  const asked = partitions.flat();
  fc.assert(
    fc.property(stack, ignore, (steps, ignored) => {
      const scopes: readonly Scope[] = ['image', 'own', 'layer', 'stage'];
      const budgets = asked.map((each) => budgetOf({ metric: 'size', path: each }));
      const { image, measures } = measured({ dockerfile, ignore: ignored }, stepsOf(steps), ...budgets);
      const { report } = image;
      const wholes = { size: report.image.sizeBytes, wasted: report.waste.bytes, files: report.image.fileCount };
      for (const metric of metrics) {
        const whole = wholes[metric];
        expect(value(measures, { metric })).toBe(whole);
        expect(value(measures, { metric, scope: 'own' }) + value(measures, { metric, scope: 'base' })).toBe(whole);
        expect(value(measures, { metric, scope: 'layer' })).toBe(whole);
        expect(value(measures, { metric, scope: 'stage' })).toBe(whole);
        for (const partition of partitions)
          for (const scope of scopes)
            expect(sum(partition.map((each) => value(measures, { metric, scope, path: each })))).toBe(whole);
      }
      expect(value(measures, { metric: 'layers', scope: 'stage' })).toBe(4);
    }),
    { numRuns: 150 },
  );
});

test('what paths have is what a list of all files says of them', () => {
  const globs = ['/a', '**/a', '/a/**', '/*/b', '**/a*/**', '/b/**/b', '**/?', '/[ab]/a'];
  // Where content with several names counts is said elsewhere.
  const plain = stack.filter((layers) => layers.every((entries) => entries.every(([, { type }]) => type !== '1')));
  fc.assert(
    fc.property(plain, fc.constantFrom(...globs), (steps, glob) => {
      const { image, measures } = measured({}, stepsOf(steps), budgetOf({ metric: 'size', path: glob }));
      const { union, report } = image;
      const paths = [...nodesBelow(union.tree, root)].filter((node) => !union.tree.isDir(node));
      const files = paths.filter((node) => naiveMatch(glob, union.tree.path(node)));
      expect(value(measures, { metric: 'files', path: glob })).toBe(files.length);
      const wasted = sum(report.waste.files.filter((each) => naiveMatch(glob, each.path)).map(({ bytes }) => bytes));
      expect(value(measures, { metric: 'wasted', path: glob })).toBe(wasted);
      const inodes = files.flatMap((node) => union.tree.inode(node) ?? []);
      const visible = sum(inodes.map(({ layer: at, entry }) => union.layers[at]?.size(entry) ?? 0));
      expect(value(measures, { metric: 'size', path: glob })).toBe(visible + wasted);
    }),
    { numRuns: 300 },
  );
});

const subjects: readonly (Pick<WrittenBudget, 'metric' | 'scope' | 'path'> & { readonly metric: Metric })[] = [
  { metric: 'size' },
  { metric: 'size', scope: 'layer' },
  { metric: 'size', scope: 'stage', path: '/a/**' },
  { metric: 'wasted', scope: 'own' },
  { metric: 'files', path: '**/b' },
  { metric: 'layers' },
];

test('a budget at its value holds, and one unit beside it fails by that unit', () => {
  fc.assert(
    fc.property(stack, fc.constantFrom(...subjects), (steps, subject) => {
      const { measures } = measured({ dockerfile }, stepsOf(steps), budgetOf(subject));
      const most = Math.max(...parts(measures, subject));
      const least = Math.min(...parts(measures, subject));
      const judged = (limits: Partial<WrittenBudget>): { status: string; message: string | null } =>
        evaluate(budgetOf({ ...subject, ...limits }), 'x', measures, null);
      const unit = subject.metric === 'size' || subject.metric === 'wasted' ? '1 B' : '1';
      expect(judged({ max: most, min: least })).toMatchObject({ status: 'passed', message: null });
      if (most > 0) {
        const { status, message } = judged({ max: most - 1 });
        expect([status, message]).toEqual([
          'failed',
          expect.stringContaining(`, ${unit} over the ${most - 1} allowed`),
        ]);
        expect(judged({ warn: { max: most - 1 } }).status).toBe('warned');
      }
      const { status, message } = judged({ min: least + 1 });
      expect([status, message]).toEqual([
        'failed',
        expect.stringContaining(`, ${unit} below the ${least + 1} required`),
      ]);
    }),
    { numRuns: 200 },
  );
});

test('an increase is allowed to its last unit, in units and in percent', () => {
  fc.assert(
    fc.property(stack, stack, fc.constantFrom(...subjects), (old, steps, subject) => {
      const { measures } = measured({ dockerfile }, stepsOf(steps), budgetOf(subject));
      const { measures: baseline } = measured({ dockerfile }, stepsOf(old), budgetOf(subject));
      const before = Math.max(...parts(baseline, subject));
      const growth = Math.max(...parts(measures, subject)) - before;
      const statusAt = (maxIncrease: string | number): string =>
        evaluate(budgetOf({ ...subject, maxIncrease }), 'x', measures, baseline).status;
      expect(statusAt(Math.max(0, growth))).toBe('passed');
      if (growth > 0) expect(statusAt(growth - 1)).toBe('failed');
      // Of nothing, every share is nothing.
      if (before === 0) expect(statusAt('500%')).toBe(growth > 0 ? 'failed' : 'passed');
      const percent = Math.ceil((Math.max(0, growth) * 100) / before);
      if (before === 0) return;
      expect(statusAt(`${percent}%`)).toBe('passed');
      if (growth > 0) expect(statusAt(`${Math.max(0, percent - 1)}%`)).toBe('failed');
    }),
    { numRuns: 200 },
  );
});

test('a saved report is as good a baseline as its image, but for paths', () => {
  fc.assert(
    fc.property(stack, fc.constantFrom(...subjects), (steps, subject) => {
      const { image, measures } = measured({ dockerfile }, stepsOf(steps), budgetOf(subject));
      const result = evaluate(budgetOf({ ...subject, min: 0, max: 1_000_000 }), 'x', measures, null);
      const saved = measureSaved({ ...image.report, budgets: { results: [result] } });
      const maxIncrease = evaluate(budgetOf({ ...subject, maxIncrease: 0 }), 'x', measures, saved);
      expect(maxIncrease).toMatchObject({ status: 'passed', value: result.value, baseline: result.value });
    }),
    { numRuns: 100 },
  );
});
