import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/analysis/analysis.ts';
import { createPaint } from '../../src/report/paint.ts';
import { textReport } from '../../src/report/text.ts';
import { deletedLater } from '../../src/rules/deleted-later.ts';
import { packageCache } from '../../src/rules/package-cache.ts';
import { Paths } from '../../src/tui/tree/paths.ts';
import { globsOf } from '../globs/globs-of.ts';
import { naiveMatch } from '../globs/naive-match.ts';
import { analyzedIgnoring } from '../report/report-of.ts';
import { checkIgnoring } from '../rules/check-rule.ts';
import { stack } from '../stack-layers.ts';
import { file, layer, otherFile, whiteout } from '../write-layer.ts';

const steps = [
  { tar: layer({ 'var/lib/db': file(1000), 'app/a': file(300), 'app/b': file(20) }), createdBy: 'COPY . /' },
  { tar: layer({ 'var/lib/db': otherFile(1000), 'app/.wh.a': whiteout }), createdBy: 'RUN make' },
  { tar: layer({ 'var/lib/.wh.db': whiteout }), createdBy: 'RUN clean' },
];

describe('what is ignored', () => {
  test('is no waste, and the report says how much it is', () => {
    const { report } = analyzedIgnoring(['/var/lib/**'], 'FROM scratch\nCOPY . /\nRUN make\nRUN clean\n', ...steps);
    expect(report.waste).toMatchObject({
      bytes: 300,
      percent: (300 / 2320) * 100,
      byCause: { deleted: 300, overwritten: 0 },
      ignored: { bytes: 2000, files: 2 },
      files: [{ path: '/app/a' }],
    });
    expect(report.layers.map(({ wastedBytes }) => wastedBytes)).toEqual([300, 0, 0]);
    expect(report.dockerfile?.instructions.map(({ visibleBytes, wastedBytes }) => [visibleBytes, wastedBytes])).toEqual(
      [
        [0, 0],
        [20, 300],
        [0, 0],
        [0, 0],
      ],
    );
  });

  test('is said in the text, wasted files or not', () => {
    const textOf = (ignore: readonly string[]): string =>
      textReport(analyzedIgnoring(ignore, null, ...steps).report, { width: 100, paint: createPaint(false) });
    expect(textOf([])).not.toContain('Ignored');
    expect(textOf(['/var/lib/**'])).toContain('Ignored by the configuration: 2.0 kB in 2 dead copies\n');
    expect(textOf(['/**'])).toContain('Ignored by the configuration: 2.3 kB in 3 dead copies\n');
  });

  test('changes nothing of dive’s numbers, sizes and changes', () => {
    const [plain, ignoring] = [[], ['/**']].map((ignore) => analyzedIgnoring(ignore, null, ...steps).report);
    expect(ignoring?.compat).toEqual(plain?.compat);
    expect(ignoring?.image).toEqual(plain?.image);
    expect(ignoring?.layers.map(({ removed, modified }) => [removed, modified])).toEqual(
      plain?.layers.map(({ removed, modified }) => [removed, modified]),
    );
    expect(ignoring?.waste.ignored.bytes).toBe(plain?.waste.bytes);
  });

  test('is nothing that rules speak of', () => {
    const holds = { 'tmp/a': file(5000), 'tmp/b': file(6000), 'var/cache/apk/x': file(9000) };
    const deletes = { 'tmp/.wh.a': whiteout, 'tmp/.wh.b': whiteout, 'var/cache/apk/.wh.x': whiteout };
    const found = (ignore: readonly string[]): number[] =>
      [deletedLater, packageCache].flatMap((rule) =>
        checkIgnoring(ignore, rule, { run: 'RUN a', holds }, { run: 'RUN b', holds: deletes }).map(
          ({ bytes }) => bytes,
        ),
      );
    expect(found([])).toEqual([11_000, 9000]);
    expect(found(['/tmp/a', '/var/cache/**'])).toEqual([6000]);
  });

  test('is told by its path where content never had a place in the tree', () => {
    const dangling = layer({ 'd/.wh.x': file(70) });
    const { union, contents } = stack(dangling);
    expect(analyze(union, contents, globsOf('/d/**')).ignored).toMatchObject({ bytes: 70, files: 1 });
    expect(analyze(union, contents, globsOf('/e/**')).waste.bytes).toBe(70);
  });

  test('is not shown as waste of a path', () => {
    const { union, contents } = stack(...steps.map(({ tar }) => tar));
    const { ignored } = analyze(union, contents, globsOf('/var/**'));
    const [all, some] = [new Paths(union, contents), new Paths(union, null).withContents(contents, ignored)];
    expect([all.wasted[0], some.wasted[0]]).toEqual([2300, 300]);
    const wasteOf = (paths: Paths): number => [...all.wasted.keys()].flatMap((node) => paths.wasteAt(node)).length;
    expect([wasteOf(all), wasteOf(some)]).toEqual([3, 1]);
  });
});

test('with what is ignored, waste is what it is without', () => {
  const part = fc.constantFrom('a', 'b', '.wh.a', '.wh..wh..opq', '.wh.b');
  const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  const entries = fc.array(fc.tuple(path, fc.nat(9).map(file)), { maxLength: 8 });
  const globs = fc.subarray(['/a', '/b/**', '**/b', '/*/a', '/**']);
  fc.assert(
    fc.property(fc.array(entries, { maxLength: 4 }), globs, (layers, ignore) => {
      const { union, contents } = stack(...layers.map(layer));
      const all = analyze(union, contents, []).waste;
      const { waste, ignored } = analyze(union, contents, globsOf(...ignore));
      expect(waste.bytes + ignored.bytes).toBe(all.bytes);
      const kept = all.files.filter(({ path: at }) => !ignore.some((glob) => naiveMatch(glob, at)));
      expect(waste.files).toEqual(kept);
      expect(waste.byLayer.map((bytes, at) => bytes + (ignored.byLayer[at] ?? 0))).toEqual(all.byLayer);
    }),
    { numRuns: 300 },
  );
});
