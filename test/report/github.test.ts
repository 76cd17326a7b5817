import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { githubReport } from '../../src/report/github/annotations.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import type { Report } from '../../src/report/report.ts';
import { textReport } from '../../src/report/text.ts';
import { file, layer } from '../write-layer.ts';
import { anyFinding, findingOf } from './finding-of.ts';
import { anyGate, brokenBudget, budgetResult, gateOf } from './gate-of.ts';
import { inFile } from './report-context.ts';
import { reportWith } from './report-of.ts';

const step = { tar: layer({ a: file(1000) }), createdBy: 'COPY a / # buildkit' };
const report: Report = { ...reportWith('FROM scratch\nCOPY a /\n', step), findings: [] };

const github = (differs: Partial<Report>, context = inFile): string => githubReport({ ...report, ...differs }, context);

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/**
 * The commands in a log, as the runner reads them (actions/runner, ActionCommand.TryParseV2 and TryParse): from the start
 * of a line but for blanks, to its end.
 */
function commandsIn(log: string): Command[] {
  return log.split(/\r\n|\r|\n/).flatMap((line): Command[] => {
    const trimmed = line.trimStart();
    const end = trimmed.indexOf('::', 2);
    if (trimmed.startsWith('::') && end !== -1) {
      const head = trimmed.slice(2, end);
      const blank = head.indexOf(' ');
      const name = blank === -1 ? head : head.slice(0, blank);
      const pairs = blank === -1 ? [] : head.slice(blank + 1).split(',');
      return [
        {
          name,
          properties: Object.fromEntries(
            pairs.map((pair) => {
              const equals = pair.indexOf('=');
              const value = pair
                .slice(equals + 1)
                .replaceAll('%3A', ':')
                .replaceAll('%2C', ',');
              return [pair.slice(0, equals), unescapeData(value)];
            }),
          ),
          message: unescapeData(trimmed.slice(end + 2)),
        },
      ];
    }
    const old = /##\[([a-z-]+)/.exec(line);
    return old?.[1] === undefined ? [] : [{ name: old[1], properties: {}, message: '' }];
  });
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

test('a finding is an annotation on its line', () => {
  const findings = [
    findingOf({ severity: 'error', rule: 'secret-file', location: { file: 'Dockerfile', startLine: 4, endLine: 6 } }),
    findingOf({ severity: 'info', message: '100 % of a, b: c.' }),
  ];
  expect(github({ findings }, { ...inFile, repositoryPath: (name) => `services/a,b/${name}` })).toBe(
    [
      '::error file=services/a%2Cb/Dockerfile,line=4,endLine=6,title=secret-file::line 3 (RUN rm) deletes 1.0 kB in 1 file that line 2 (COPY) wrote. Do not copy it.',
      '::notice file=services/a%2Cb/Dockerfile,line=2,endLine=2,title=deleted-later::100 %25 of a, b: c. Do not copy it.',
      '',
    ].join('\n'),
  );
});

test('budgets come first, and the verdict last', () => {
  const budgets = gateOf(budgetResult(), brokenBudget({ name: 'own: size' }));
  const findings = [findingOf({ severity: 'error' })];
  expect(github({ budgets, findings }).split('\n')).toEqual([
    '::error file=Dockerfile,line=1,endLine=1,title=Budget broken%3A own%3A size::The size of the image is 3.0 MB, 1.0 MB more than the 2.0 MB it may be.',
    expect.stringMatching(/^::error file=Dockerfile,line=2,/) as string,
    'layerscope: failed: 1 of 2 budgets broken',
    '',
  ]);
  expect(github({ budgets: gateOf(budgetResult()) })).toBe('layerscope: passed: the budget holds\n');
});

test('without a Dockerfile an annotation has no place', () => {
  expect(github({ dockerfile: null, findings: [findingOf({ location: null })] })).toMatch(
    /^::warning title=deleted-later::/,
  );
});

test('ten of a kind, and how many more there are', () => {
  const many = (severity: 'error' | 'warning' | 'info', count: number) =>
    Array.from({ length: count }, (_, at) => findingOf({ severity, message: `${severity} ${at}.` }));
  const lines = github({ findings: [...many('error', 11), ...many('warning', 10), ...many('info', 1000)] }).split('\n');
  const messages = lines.map((line) => line.replace(/^::.*::(\w+ \d+)\..*/, '$1'));
  const ten = (severity: string): string[] => Array.from({ length: 10 }, (_, at) => `${severity} ${at}`);
  expect(messages).toEqual([
    ...ten('error'),
    'layerscope: 1 more error: GitHub shows 10 of a step',
    ...ten('warning'),
    ...ten('info'),
    'layerscope: 990 more notices: GitHub shows 10 of a step',
    '',
  ]);
});

test('nothing that an image, a Dockerfile or a configuration says is a command, or gets out of its place', () => {
  fc.assert(
    fc.property(anyGate, fc.array(anyFinding, { maxLength: 20 }), (budgets, findings) => {
      const text = github({ budgets, findings });
      const commands = commandsIn(text);
      const shown = (all: number): number => Math.min(10, all);
      const ofBudgets = (...statuses: string[]): number =>
        budgets.results.filter(({ status }) => statuses.includes(status)).length;
      const of = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
      const expected = {
        error: shown(of('error') + ofBudgets('failed', 'error')),
        warning: shown(of('warning') + ofBudgets('warned')),
        notice: shown(of('info')),
      };
      for (const [name, count] of Object.entries(expected))
        expect(commands.filter((command) => command.name === name)).toHaveLength(count);
      expect(commands).toHaveLength(expected.error + expected.warning + expected.notice);
      for (const { properties } of commands)
        expect(Object.keys(properties)).toEqual(['file', 'line', 'endLine', 'title']);
    }),
  );
});

test('nor in what people read, which may stand in the same log', () => {
  fc.assert(
    fc.property(anyGate, fc.array(anyFinding, { maxLength: 20 }), (budgets, findings) => {
      const told = { ...report, budgets, findings };
      expect(commandsIn(textReport(told, { ...inFile, width: 60 }))).toEqual([]);
      expect(commandsIn(markdownReport(told))).toEqual([]);
    }),
  );
});
