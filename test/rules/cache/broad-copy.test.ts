import { expect, test } from 'vitest';
import { broadCopy } from '../../../src/rules/cache/broad-copy.ts';
import { type Build, check, linesFound } from './check-cache-rule.ts';

const lock = JSON.stringify({
  lockfileVersion: 3,
  packages: { '': {}, 'node_modules/a': { resolved: 'https://r/a.tgz' } },
});
const node = { 'package.json': '{"name":"app"}', 'package-lock.json': lock, 'src/a.ts': 'x', 'README.md': 'x' };
const file = 'FROM node\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n';

test('gives the lines to write where that is safe, and what it saves', () => {
  const [finding, ...more] = check(broadCopy, file, {
    files: node,
    history: { firstMisses: { 3: 80 }, churn: { 'package.json': 15, 'package-lock.json': 15, 'src/a.ts': 70 } },
    costs: { 4: { bytes: 200_000_000, seconds: 40 }, 5: { seconds: 100 } },
  });
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ severity: 'warning', location: { startLine: 3 }, bytes: 100_000_000, seconds: 20 });
  expect(finding?.message).toContain(
    'line 3 (COPY . .) comes before line 4 (RUN npm ci), where npm installs and reads only package.json, package-lock.json',
  );
  expect(finding?.fix).toBe('COPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .');
});

test('says what stands against it where it is not shown to be safe', () => {
  const scripts = { ...node, 'package.json': '{"name":"app","scripts":{"postinstall":"node src/a.ts"}}' };
  const [finding] = check(broadCopy, file, {
    files: scripts,
    costs: { 4: { bytes: 1 } },
    history: { firstMisses: { 3: 9 } },
  });
  expect(finding).toMatchObject({ severity: 'info', fix: null, bytes: null });
  expect(finding?.help).toContain('That this is safe is not shown: package.json');
});

test('an install and a build in one RUN have to be split', () => {
  const [finding] = check(broadCopy, 'FROM node\nCOPY . .\nRUN npm ci && npm run build\n', { files: node });
  expect(finding).toMatchObject({ severity: 'info', fix: null });
  expect(finding?.help).toContain('would have to be split');
});

test('packages of the distribution read nothing of it', () => {
  const [finding] = check(
    broadCopy,
    'FROM a\nCOPY . /app\nWORKDIR /other\nRUN apt-get update && apt-get install -y curl\n',
    {
      files: node,
    },
  );
  expect(finding).toMatchObject({ severity: 'warning', location: { startLine: 2 } });
  expect(finding?.help).toBe('Move line 4 above line 2.');
});

test('looks where the install runs', () => {
  const files = Object.fromEntries(Object.entries(node).map(([path, text]) => [`web/${path}`, text]));
  const [finding] = check(broadCopy, 'FROM node\nCOPY . /app\nWORKDIR /app/web\nRUN npm ci\n', { files });
  expect(finding?.message).toContain('reads only web/package.json, web/package-lock.json');
});

test('what runs in between stands against it, or against lines to write', () => {
  const between = (run: string): string => `FROM node\nCOPY . .\nRUN ${run}\nRUN npm ci\n`;
  const [unclear] = check(broadCopy, between('./patch.sh'), { files: node });
  expect(unclear).toMatchObject({ severity: 'info', fix: null });
  expect(unclear?.help).toContain('line 3 runs in between, and may make what is read');
  const found = check(broadCopy, between('apk add --no-cache python3'), { files: node });
  expect(found.map(({ severity, fix }) => ({ severity, hasLines: fix !== null }))).toEqual([
    { severity: 'warning', hasLines: true },
    { severity: 'warning', hasLines: false },
  ]);
});

test.each([
  [
    'only the manifests are copied',
    'FROM node\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n',
    { files: node },
  ],
  [
    'the context has nothing else',
    file,
    { files: { 'package.json': node['package.json'], 'package-lock.json': lock } },
  ],
  ['it goes elsewhere', 'FROM node\nWORKDIR /app\nCOPY . /other\nRUN npm ci\n', { files: node }],
  ['it comes later', 'FROM node\nRUN apt-get update && apt-get install -y curl\nCOPY . .\n', { files: node }],
  ['it comes from a stage', 'FROM node AS a\nFROM node\nCOPY --from=a /app .\nRUN npm ci\n', { files: node }],
  [
    'the copy may bring sources of packages',
    'FROM a\nCOPY root /\nRUN apt-get update && apt-get install -y x\n',
    { files: { 'root/etc/apt/a': 'x' } },
  ],
  [
    'the copy brings keys',
    'FROM a\nCOPY keys /etc/apt/keyrings\nRUN apt-get update && apt-get install -y x\n',
    { files: { 'keys/a': 'x' } },
  ],
  [
    'the package is copied',
    'FROM a\nCOPY debs /debs\nRUN apt-get install -y /debs/x.deb && rm -r /debs\n',
    { files: { 'debs/x.deb': 'x' }, history: {} },
  ],
  [
    'what it needs may run in between',
    'FROM a\nCOPY src /src\nRUN sed -i s/a/b/ /etc/apt/sources.list\nRUN apt-get update && apt-get install -y x\n',
    { files: node },
  ],
  ['the RUN builds what was copied', 'FROM a\nCOPY . .\nRUN apt-get install -y gcc && make\n', { files: node }],
  [
    'only manifests ever change',
    file,
    { files: node, history: { firstMisses: { 3: 15 }, churn: { 'package.json': 15 } } },
  ],
  ['no commit breaks the chain there', file, { files: node, history: {} }],
] satisfies [string, string, Build][])('is silent where %s', (_, dockerfile, build) => {
  expect(linesFound(broadCopy, dockerfile, build)).toEqual([]);
});
