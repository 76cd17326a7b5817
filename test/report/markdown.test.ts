import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BudgetResult } from '../../src/budgets/verdict.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import type { Report } from '../../src/report/report.ts';
import { file, layer } from '../write-layer.ts';
import { comparisonOf, grownLine } from './comparison-of.ts';
import { anyFinding, findingOf } from './finding-of.ts';
import { anyGate, brokenBudget, budgetResult, gateOf, hostileText, noLimits, unjudgedBudget } from './gate-of.ts';
import { reportWith } from './report-of.ts';

const step = { tar: layer({ a: file(1000) }), createdBy: 'COPY a / # buildkit' };
const report: Report = { ...reportWith('FROM scratch\nCOPY a /\n', step), findings: [] };
const page = (differs: Partial<Report>): string => markdownReport({ ...report, ...differs });

const most = 65_536;

test('a comment: the marker, the verdict, the budgets with their change, the growth by line, the findings folded', () => {
  const budgets = {
    ...gateOf(
      budgetResult({ name: 'layers', metric: 'layers', limits: { ...noLimits, max: 25 }, value: 12, baseline: 12 }),
      brokenBudget({ message: '3.0 MB, 1.0 MB over the 2 MB allowed', reason: 'Small *disks*.', baseline: 2_500_000 }),
    ),
    baseline: { kind: 'report', reference: 'main.json', manifestDigest: null, configDigest: 'sha256:0' },
    failingFindings: [{ rule: 'secret-file', severity: 'error', count: 1 }],
  } as const;
  const findings = [findingOf({ rule: 'secret-file', severity: 'error' })];
  const size = { old: 2_500_000, new: 3_000_000, change: 500_000 };
  const comparison = { ...comparisonOf(grownLine(500_000, 2)), size };
  const warnings = [{ code: 'odd', message: 'This is odd.' }] as unknown as Report['warnings'];
  expect(page({ budgets, findings, comparison, warnings })).toBe(`<!-- layerscope -->
## ❌ layerscope failed: 1 of 2 budgets broken, 1 finding at or above error

\` app:latest \` · **1.0 kB** in 1 layer · 0 B wasted (0 %)

Against main.json&#58; &#43;500 kB &#40;&#43;20 %&#41;&#58; line 2 adds 500 kB more

|  | budget | now | limit | baseline | change |
| --- | --- | ---: | --- | ---: | ---: |
| ❌ failed | size of the image | 3.0 MB | ≤ 2.0 MB | 2.5 MB | +500 kB |
| ✅ passed | layers | 12 | ≤ 25 | 12 | 0 |

- **size of the image**: 3.0 MB, 1.0 MB over the 2 MB allowed. Why there is a limit&#58; Small &#42;disks&#42;.
- **secret-file**: 1 error finding

### Growth by line

| change | before | now | line of Dockerfile |  | step |
| ---: | ---: | ---: | --- | --- | --- |
| +500 kB | 0 B | 500 kB | 2 |  | \` COPY a / \` |

<details><summary>1 finding</summary>

| severity | rule | where | cost | what |
| --- | --- | --- | ---: | --- |
| error | secret-file | \` Dockerfile:2 \` | 1.0 kB | line 3 &#40;RUN rm&#41; deletes 1.0 kB in 1 file that line 2 &#40;COPY&#41; wrote. Do not copy it. |

</details>

<details><summary>1 warning</summary>

- This is odd. (odd)

</details>
`);
});

test('what cannot be judged is the verdict', () => {
  expect(page({ budgets: gateOf(unjudgedBudget()) })).toContain(
    '## ❓ layerscope error: 1 of 1 budget cannot be judged',
  );
});

const manyBudgets = fc
  .tuple(fc.array(hostileText, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 3000 }))
  .map(([texts, count]) =>
    Array.from({ length: count }, (_, at): BudgetResult => {
      const text = texts[at % texts.length] ?? '';
      return brokenBudget({ name: `${at} ${text}`, message: text, reason: text, baseline: at });
    }),
  );

const manyFindings = fc
  .tuple(fc.array(anyFinding, { minLength: 1, maxLength: 20 }), fc.integer({ min: 0, max: 5000 }))
  .map(([some, count]) => Array.from({ length: count }, (_, at) => some[at % some.length] ?? findingOf()));

/** An image, a Dockerfile and a history that put hostile names wherever they can. */
function filled(text: string, count: number): Partial<Report> {
  const [instruction] = report.dockerfile?.instructions ?? [];
  const [firstLayer] = report.layers;
  if (instruction === undefined || firstLayer === undefined || report.dockerfile === null) throw new Error('no layer');
  const lines = Array.from({ length: count }, (_, at) => ({ ...instruction, startLine: at + 1, text }));
  const history = { createdBy: text, created: null, comment: text, author: text };
  const copies = [{ layer: 0, bytes: 1, wastedByLayer: 0, line: null, wastedByLine: null }];
  const wasted = { path: text, bytes: 1, cause: 'deleted', copies, wastedByLayer: 0 } as const;
  return {
    image: { ...report.image, names: [text], reference: text },
    dockerfile: { ...report.dockerfile, file: text, instructions: lines },
    layers: Array.from({ length: count }, (_, index) => ({ ...firstLayer, index, history, instruction: null })),
    waste: { ...report.waste, files: Array.from({ length: count }, () => wasted) },
    warnings: Array.from({ length: count }, () => ({
      code: 'unknown',
      message: text,
    })) as unknown as Report['warnings'],
    comparison: comparisonOf(...lines.map((line) => ({ ...grownLine(line.startLine, line.startLine), text }))),
  };
}

test('a comment has room in GitHub whatever the image, and says what was left out', () => {
  fc.assert(
    fc.property(manyBudgets, manyFindings, hostileText, fc.nat({ max: 2000 }), (results, findings, text, count) => {
      const budgets = gateOf(...results);
      const written = page({ ...filled(text, count), budgets, findings });
      expect(Buffer.byteLength(written)).toBeLessThan(most);
      expect(written.startsWith('<!-- layerscope -->\n## ❌ layerscope failed: ')).toBe(true);
      expect(prose(written).match(/<!--/g)).toHaveLength(1);
      expectSound(written);
    }),
    { numRuns: 25 },
  );
});

test('so has the report of an image that was not judged', () => {
  fc.assert(
    fc.property(manyFindings, hostileText, fc.nat({ max: 3000 }), (findings, text, count) => {
      const written = page({ ...filled(text, count), findings, budgets: null });
      expect(Buffer.byteLength(written)).toBeLessThan(most);
      expectSound(written);
    }),
    { numRuns: 25 },
  );
});

test('any gate is a page whose tables hold', () => {
  fc.assert(
    fc.property(anyGate, fc.array(anyFinding, { maxLength: 20 }), (budgets, findings) => {
      expectSound(page({ budgets, findings }));
    }),
  );
});

/** What stands in no code span. */
function prose(written: string): string {
  return written.replaceAll(/(`+) .*? \1(?!`)/g, '');
}

/** Nothing that a text says is markup: each row has the cells of its table, and no tag is there but our own. */
function expectSound(written: string): void {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what this looks for
  expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  let cells = 0;
  for (const line of written.split('\n')) {
    const bars = line.replaceAll(/\\\|/g, '').match(/\|/g)?.length ?? 0;
    if (!line.startsWith('| ')) {
      cells = 0;
      continue;
    }
    if (cells === 0) cells = bars;
    expect([line, bars]).toEqual([line, cells]);
  }
  const tags = new Set(prose(written).match(/<[^>]*>/g));
  const ours = new Set(['<!-- layerscope -->', '<details>', '</details>', '<summary>', '</summary>']);
  expect([...tags].filter((tag) => !ours.has(tag))).toEqual([]);
  expect(prose(written).match(/<details>/g)?.length).toBe(prose(written).match(/<\/details>/g)?.length);
  expect(prose(written)).not.toMatch(/\]\(|@everyone/);
}

test('the page is cut from its end', () => {
  const budgets = gateOf(...Array.from({ length: 200 }, (_, at) => brokenBudget({ name: `${at} ${'<'.repeat(200)}` })));
  const findings = Array.from({ length: 20 }, () => findingOf());
  const written = page({ budgets, findings });
  expect(written).toContain('_Left out, for a comment takes no more: ');
  expect(written).toMatch(/budgets, 50 reasons, 20 findings\._\n$/);
  expect(written).toContain('❌ failed | 0 &#60;');
});
