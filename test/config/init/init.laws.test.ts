import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge } from '../../../src/budgets/judge.ts';
import { measureImage } from '../../../src/budgets/measure-image.ts';
import { factsOf } from '../../../src/config/init/facts-of.ts';
import { initText } from '../../../src/config/init/init-text.ts';
import { parseConfig } from '../../../src/config/parse-config.ts';
import type { Union } from '../../../src/filesystem/union.ts';
import type { Report } from '../../../src/report/report.ts';
import { analyzedWith } from '../../report/report-of.ts';
import { dir, file, type Item, layer, whiteout } from '../../write-layer.ts';

const name = fc.constantFrom('a', 'b', '.git', 'lib.so');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const entry: fc.Arbitrary<readonly [string, Item]> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(
      path,
      fc.integer({ min: 0, max: 5000 }).map((size) => file(size)),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(path, fc.constant(dir())) },
  {
    weight: 1,
    arbitrary: path.map((at): readonly [string, Item] => [at.replace(/([^/]*)$/, '.wh.$1'), whiteout]),
  },
);
const layers = fc.array(fc.array(entry, { maxLength: 8 }), { minLength: 1, maxLength: 6 });

/** Figures that no test image has: gigabytes, and all that may be unknown. */
const size = fc.oneof(fc.nat(), fc.integer({ min: 0, max: 2 ** 45 }), fc.constantFrom(0, 1, 999_999, 1_000_000));
const figures = fc.record({
  base: size,
  own: size,
  wastedShare: fc.double({ min: 0, max: 1, noNaN: true }),
  compressed: fc.option(size),
  efficiency: fc.double({ min: 0, max: 1, noNaN: true }),
  isBaseKnown: fc.boolean(),
});

/** Writes a configuration for an image and judges the image by it: the verdict, and what is measured. */
async function judged(report: Report, union: Union, replacesDive: boolean): Promise<readonly string[]> {
  const facts = factsOf(report, union);
  const text = initText({ facts, command: ['layerscope', 'ci', 'image.tar'], replacesDive });
  const { config } = await parseConfig(text, 'layerscope.yaml');
  const { budgets, failOn, dive } = config;
  const measures = measureImage(report, union, [], budgets);
  const gate = judge({ budgets, dive, measures, baseline: null, findings: [], failOn, config: null });
  return gate.results.map(({ metric, scope, status, message }) => `${metric} ${scope} ${status} ${message ?? ''}`);
}

const passes = (results: readonly string[]): void => {
  expect(results.filter((result) => !result.endsWith(' passed '))).toEqual([]);
  expect(results.length).toBeGreaterThanOrEqual(2);
};

test('what is written for an image loads, and the image keeps it', async () => {
  await fc.assert(
    fc.asyncProperty(layers, fc.boolean(), fc.boolean(), async (entries, joined, replacesDive) => {
      const steps = entries.map((each) => ({ tar: layer(each), createdBy: 'COPY . . # buildkit' }));
      const dockerfile = joined ? `FROM scratch\n${'COPY . .\n'.repeat(steps.length)}` : null;
      const { report, union } = analyzedWith(dockerfile, ...steps);
      passes(await judged(report, union, replacesDive));
    }),
    { numRuns: 150 },
  );
});

test('whatever the figures', async () => {
  const { report, union } = analyzedWith(null, { tar: layer({ a: file(1) }) }, { tar: layer({ b: file(1) }) });
  await fc.assert(
    fc.asyncProperty(figures, fc.boolean(), async (figure, replacesDive) => {
      passes(await judged(withFigures(report, figure), union, replacesDive));
    }),
    { numRuns: 1000 },
  );
});

type Figures = typeof figures extends fc.Arbitrary<infer Value> ? Value : never;

function withFigures(report: Report, { base, own, wastedShare, compressed, efficiency, isBaseKnown }: Figures): Report {
  const sizeBytes = base + own;
  const wasted = [base, own].map((bytes) => Math.floor(bytes * wastedShare));
  const bytes = (wasted[0] ?? 0) + (wasted[1] ?? 0);
  return {
    ...report,
    image: {
      ...report.image,
      sizeBytes,
      baseBytes: isBaseKnown ? base : null,
      ownBytes: isBaseKnown ? own : null,
      compressedBytes: compressed,
    },
    layers: report.layers.map((each, at) => ({
      ...each,
      sizeBytes: [base, own][at] ?? 0,
      wastedBytes: wasted[at] ?? 0,
      compressedBytes: compressed === null ? null : at === 0 ? compressed : 0,
      origin: isBaseKnown ? (at === 0 ? 'base' : 'own') : 'unknown',
    })),
    waste: { ...report.waste, bytes, percent: sizeBytes === 0 ? 0 : (bytes / sizeBytes) * 100 },
    compat: { dive: { ...report.compat.dive, efficiencyScore: efficiency } },
  };
}
