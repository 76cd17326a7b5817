import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { sarifReport } from '../../src/report/sarif/sarif.ts';
import type { SarifLog, SarifResult } from '../../src/report/sarif/sarif-log.ts';
import { ruleNames } from '../../src/rules/rule-names.ts';
import { file, layer } from '../write-layer.ts';
import { comparisonOf, grownLine } from './comparison-of.ts';
import { anyFinding, findingOf } from './finding-of.ts';
import { anyGate, brokenBudget, budgetResult, gateOf, unjudgedBudget } from './gate-of.ts';
import { inFile } from './report-context.ts';
import { reportOf, reportWith } from './report-of.ts';

const validate = sarifSchema();
const step = { tar: layer({ a: file(1000) }), createdBy: 'COPY a / # buildkit' };
const bare = reportOf(step);
const dockerfile = 'FROM scratch AS build\nRUN make\n\nFROM scratch\nCOPY a /\n';
const mapped = { ...reportWith(dockerfile, step), findings: [] };

/** draft-04 but for its name and ids: nothing in it means anything else to draft-07. */
function sarifSchema() {
  const text = readFileSync(new URL('schemas/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8');
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(text) as Record<string, unknown>;
  return new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false }).compile(schema);
}

function sarif(report: Report, context = inFile): SarifLog {
  const log = JSON.parse(sarifReport(report, context)) as SarifLog;
  validate(log);
  expect(validate.errors).toBe(null);
  return log;
}

function results(report: Report, context = inFile): readonly SarifResult[] {
  return sarif(report, context).runs[0].results;
}

function places(report: Report): string[] {
  return results(report).map(({ ruleId, level, locations: [{ physicalLocation: place }] }) => {
    const { startLine, endLine } = place.region;
    return `${level} ${ruleId} ${place.artifactLocation.uri}:${startLine}-${endLine}`;
  });
}

test('names itself and all of its rules, with what a viewer shows beside a result', () => {
  const { driver } = sarif(bare).runs[0].tool;
  expect(driver).toMatchObject({ name: 'layerscope', semanticVersion: '1.2.3' });
  expect(driver.rules.map(({ id }) => id)).toEqual(ruleNames);
  expect(driver.rules[0]).toEqual({
    id: 'secret-file',
    shortDescription: { text: 'A private key, a token or a password is in a layer.' },
    fullDescription: {
      text: 'A private key, a token or a password is in a layer. Whoever pulls the image has every layer of it. A later RUN rm hides the file from the container, nothing more.',
    },
    help: {
      text: expect.stringContaining('# layerscope ignore=secret-file reason') as string,
      markdown: expect.stringContaining('`docs/rules/secret-file.md`') as string,
    },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['container', 'security'] },
  });
  for (const { shortDescription, fullDescription, properties } of driver.rules) {
    expect(shortDescription.text.length).toBeLessThanOrEqual(1024);
    expect(fullDescription.text.length).toBeLessThanOrEqual(1024);
    expect(properties.tags.length).toBeLessThanOrEqual(20);
  }
});

test('a finding is on its line, with its level and what to do', () => {
  const findings = [
    findingOf({ rule: 'secret-file', severity: 'error', location: { file: 'Dockerfile', startLine: 4, endLine: 6 } }),
    findingOf(),
    findingOf({ rule: 'duplicate-content', severity: 'info' }),
  ];
  expect(places({ ...mapped, findings })).toEqual([
    'error secret-file Dockerfile:4-6',
    'warning deleted-later Dockerfile:2-2',
    'note duplicate-content Dockerfile:2-2',
  ]);
  const [, second] = results({ ...mapped, findings });
  expect(second?.message.text).toBe(
    'line 3 (RUN rm) deletes 1.0 kB in 1 file that line 2 (COPY) wrote. Do not copy it.',
  );
  const { rules } = sarif({ ...mapped, findings }).runs[0].tool.driver;
  expect(rules[second?.ruleIndex ?? -1]?.id).toBe('deleted-later');
});

test('the file is what the repository calls it, as a URI below its root', () => {
  const repositoryPath = (name: string): string => `services/a b/#${name}?`;
  const [result] = results({ ...mapped, findings: [findingOf()] }, { ...inFile, repositoryPath });
  expect(result?.locations[0].physicalLocation.artifactLocation).toEqual({
    uri: 'services/a%20b/%23Dockerfile%3F',
    uriBaseId: '%SRCROOT%',
  });
  const [outside] = results({ ...mapped, findings: [findingOf()] }, { ...inFile, repositoryPath: () => '/srv/ä' });
  expect(outside?.locations[0].physicalLocation.artifactLocation).toEqual({ uri: 'file:///srv/%C3%A4' });
});

test('what has no line is on the FROM of the stage that the image is', () => {
  expect(places({ ...mapped, findings: [findingOf({ location: null })] })).toEqual([
    'warning deleted-later Dockerfile:4-4',
  ]);
});

test('without a Dockerfile it has a place all the same: GitHub refuses the whole file otherwise', () => {
  const findings = [findingOf({ location: null })];
  expect(places({ ...bare, findings })).toEqual(['warning deleted-later library/app:1-1']);
  const image = { ...bare.image, names: [], reference: '../out/image 1.tar' };
  expect(places({ ...bare, image, findings })).toEqual(['warning deleted-later image%201.tar:1-1']);
});

test('budgets that do not hold are results, before the findings', () => {
  const budgets = gateOf(
    budgetResult(),
    budgetResult({ name: 'layers', metric: 'layers', status: 'warned', message: '19 layers.' }),
    brokenBudget({ reason: 'The edge nodes have small disks.' }),
    unjudgedBudget(),
  );
  const report = { ...mapped, budgets, findings: [findingOf({ severity: 'error' })] };
  expect(places(report)).toEqual([
    'error budget/size Dockerfile:4-4',
    'error budget/size Dockerfile:4-4',
    'error deleted-later Dockerfile:2-2',
    'warning budget/layers Dockerfile:4-4',
  ]);
  expect(results(report)[0]?.message.text).toBe(
    'Budget broken: size of the image: The size of the image is 3.0 MB, 1.0 MB more than the 2.0 MB it may be. Why there is a limit: The edge nodes have small disks.',
  );
  const { invocations, tool } = sarif(report).runs[0];
  expect(invocations[0].executionSuccessful).toBe(false);
  expect(tool.driver.rules.map(({ id }) => id).slice(-2)).toEqual(['budget/layers', 'budget/size']);
});

test('a budget is on the line that grew most', () => {
  const budgets = gateOf(brokenBudget({ baseline: 1_000_000 }));
  const report = {
    ...mapped,
    budgets,
    comparison: comparisonOf(grownLine(500, 2), grownLine(1_500_000, 5), grownLine(9e9, 1, 'removed')),
  };
  expect(places(report)).toEqual(['error budget/size Dockerfile:5-5']);
  expect(results(report)[0]?.message.text).toContain('Most of the growth is in line 5 (COPY a /): +1.5 MB.');
  // The base image is what FROM names.
  const base = { ...report, comparison: comparisonOf(grownLine(500, 2), grownLine(900, null, 'base')) };
  expect(places(base)).toEqual(['error budget/size Dockerfile:4-4']);
  expect(results(base)[0]?.message.text).toContain('Most of the growth is in the base image: +900 B.');
  // One about the own layers is not.
  expect(places({ ...base, budgets: gateOf(brokenBudget({ baseline: 1, scope: 'own' })) })).toEqual([
    'error budget/size Dockerfile:2-2',
  ]);
});

test('a budget of a layer is on the line of that layer', () => {
  const budgets = gateOf(brokenBudget({ scope: 'layer', layer: 0, culprit: 'layer 0' }));
  expect(places({ ...mapped, budgets })).toEqual(['error budget/size Dockerfile:5-5']);
});

test('a budget of a stage is on its FROM', () => {
  const each = brokenBudget({ scope: 'stage', culprit: 'stage build' });
  const named = brokenBudget({ name: 'the other', scope: 'stage', stage: 'BUILD' });
  const gone = brokenBudget({ name: 'none', scope: 'stage', stage: 'test', status: 'error' });
  expect(places({ ...mapped, budgets: gateOf(each, named, gone) })).toEqual([
    'error budget/size Dockerfile:1-1',
    'error budget/size Dockerfile:1-1',
    'error budget/size Dockerfile:4-4',
  ]);
});

test('fingerprints stay when lines move and figures change, and tell all results apart', () => {
  const prints = (text: string, change: (line: number) => number, bytes: number): string[] => {
    const report = reportWith(text, step);
    const at = { file: 'Dockerfile', startLine: change(5), endLine: change(5) };
    const finding = findingOf({ location: at, bytes, message: `${bytes} B are deleted.` });
    const budgets = gateOf(brokenBudget({ message: `${bytes} B` }), brokenBudget({ name: 'another' }));
    const findings = [finding, finding, { ...finding, path: '/b' }, { ...finding, rule: 'package-cache' }];
    const found = results({ ...report, budgets, findings });
    return found.map(({ partialFingerprints }) => partialFingerprints['primaryLocationLineHash'] ?? '');
  };
  const before = prints(dockerfile, (line) => line, 1000);
  expect(before).toEqual(
    prints(`# moved\n\n${dockerfile.replace('COPY a /', 'COPY   a \\\n   /')}`, (line) => line + 2, 2000),
  );
  expect(before).not.toEqual(prints(dockerfile.replace('COPY a /', 'COPY a /srv'), (line) => line, 1000));
  expect(new Set(before).size).toBe(6);
  for (const print of before) expect(print).toMatch(/^[0-9a-f]{16}:[12]$/);
});

test('what an image names cannot link, and holds no control characters', () => {
  const [result] = results({
    ...mapped,
    findings: [findingOf({ message: '[owned](https://example.org)\u001b[2J\n' })],
  });
  expect(result?.message.text).toBe(String.raw`[owned] (https://example.org)\e[2J\n Do not copy it.`);
});

test('any report holds to the schema', () => {
  fc.assert(
    fc.property(anyGate, fc.array(anyFinding, { maxLength: 20 }), fc.boolean(), (budgets, findings, isMapped) => {
      const report = { ...(isMapped ? mapped : bare), budgets, findings };
      const expected = findings.length + budgets.results.filter(({ status }) => status !== 'passed').length;
      const found = results(report);
      expect(found).toHaveLength(expected);
      const text = sarifReport(report, inFile);
      // oxlint-disable-next-line no-control-regex -- control characters are exactly what this looks for
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      expect(text).toBe(sarifReport(report, inFile));
      for (const { locations, partialFingerprints } of found) {
        const { uri } = locations[0].physicalLocation.artifactLocation;
        expect(() => new URL(uri, 'https://example.org/')).not.toThrow();
        expect(partialFingerprints['primaryLocationLineHash']).toMatch(/^[0-9a-f]{16}:\d+$/);
      }
      expect(new Set(found.map((result) => JSON.stringify([result.ruleId, result.partialFingerprints]))).size).toBe(
        expected,
      );
    }),
    { numRuns: 50 },
  );
});

test('more than anybody shows is cut, the worst stay, and a note says so', () => {
  const many = Array.from({ length: 9_000 }, (_, at) =>
    findingOf({ severity: at === 8_999 ? 'error' : 'info', path: `/${at}`, message: randomText(at) }),
  );
  const text = sarifReport({ ...mapped, findings: many }, inFile);
  const [run] = (JSON.parse(text) as SarifLog).runs;
  expect(run.results[0]?.level).toBe('error');
  expect(run.results.length).toBeGreaterThan(1000);
  expect(run.results.length).toBeLessThanOrEqual(5000);
  expect(run.invocations[0].toolExecutionNotifications.at(-1)?.message.text).toBe(
    `${9_000 - run.results.length} results of lower severity left out: more than viewers show.`,
  );
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
});

/** What gzip can do little about. */
function randomText(seed: number): string {
  let state = seed + 1;
  const next = (): number => (state = (state * 48_271) % 2_147_483_647);
  return Array.from({ length: 1100 }, () => String.fromCodePoint(0x4e00 + (next() % 0x5000))).join('');
}
