import { expect, test } from 'vitest';
import { contextChurn } from '../../../src/rules/cache/context-churn.ts';
import { type Build, check, linesFound } from './check-cache-rule.ts';

const file = 'FROM a\nRUN apk add curl\nCOPY . /app\nRUN npm ci && npm run build\n';
const files = { 'src/a.ts': 'x', 'docs/a.md': 'x', '.github/ci.yml': 'x', Dockerfile: file };

test('names what changes often, with the lines to add and what they save', () => {
  const [finding, ...more] = check(contextChurn, file, {
    files,
    history: {
      churn: { 'docs/a.md': 30, '.github/ci.yml': 12, 'src/a.ts': 70 },
      perCommit: { steps: 2, bytes: 5000, seconds: 40 },
      ignoring: (lines) => ({ steps: lines.length === 2 ? 1.5 : 2, bytes: 4000, seconds: 25 }),
    },
  });
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ severity: 'warning', location: { startLine: 3 }, bytes: 1000, seconds: 15 });
  expect(finding?.message).toContain(
    'docs (documentation, in 30 of 100 commits), .github (CI, in 12 of 100 commits). Each change',
  );
  expect(finding?.fix).toBe('docs\n.github');
});

test('.git is another one with every commit: all that comes after it always runs', () => {
  const [finding] = check(contextChurn, file, {
    files: { ...files, '.git/HEAD': 'x' },
    history: { reruns: { 3: 80, 4: 80 } },
    costs: { 2: { seconds: 99 }, 3: { bytes: 1000 }, 4: { seconds: 50 } },
  });
  expect(finding).toMatchObject({ fix: '.git' });
  expect(finding?.bytes).toBeCloseTo(200);
  expect(finding?.seconds).toBeCloseTo(10);
});

test('says .git without a history, too', () => {
  expect(check(contextChurn, file, { files: { ...files, '.git/HEAD': 'x' } })[0]).toMatchObject({
    fix: '.git',
    bytes: null,
  });
});

test('what a directory of the context has is named by its path', () => {
  const build: Build = { files: { 'web/.git/HEAD': 'x', 'web/debug.log': 'x' } };
  expect(check(contextChurn, 'FROM a\nCOPY web /web\n', build)[0]?.fix).toBe('web/.git\n**/*.log');
});

const churned = {
  churn: { 'docs/a.md': 30, 'tests/a.ts': 30 },
  ignoring: () => ({ steps: 0, bytes: null, seconds: null }),
};

test.each([
  ['where the same commits change more', file, { files, history: { churn: { 'docs/a.md': 30 } } }],
  ['where nothing of it changed', file, { files, history: { ...churned, churn: {} } }],
  ['without a history', file, { files }],
  ['where it is asked for', `${file}RUN mkdocs build\n`, { files, history: churned }],
  ['where it is copied by name', `${file}COPY docs /docs\n`, { files, history: churned }],
  ['where tests are run', `${file}RUN npm test\n`, { files: { 'tests/a.ts': 'x' }, history: churned }],
  [
    'where the project says that it needs them',
    file,
    { files: { 'tests/a.ts': 'x', 'package.json': '{"files":["tests"]}' }, history: churned },
  ],
  ['where the version is made of .git', 'FROM a\nCOPY . /a\nRUN git describe >v\n', { files: { '.git/HEAD': 'x' } }],
  [
    'where only parts are copied',
    'FROM a\nCOPY src /src\n',
    { files: { ...files, '.git/HEAD': 'x' }, history: churned },
  ],
] satisfies [string, string, Build][])('is silent %s', (_, dockerfile, build) => {
  expect(linesFound(contextChurn, dockerfile, build)).toEqual([]);
});

test('a script of that name in package.json needs no directory of that name', () => {
  const build = { files: { 'tests/a.ts': 'x', 'package.json': '{"scripts":{"tests": "vitest"}}' }, history: churned };
  expect(check(contextChurn, file, build)[0]?.fix).toBe('tests');
});

test('looks at no more names than a list bears', () => {
  const logs = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`${at}.log`, 'x']));
  expect(check(contextChurn, file, { files: logs })[0]?.fix).toBe('**/*.log');
});
