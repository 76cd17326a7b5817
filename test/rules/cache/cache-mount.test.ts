import { expect, test } from 'vitest';
import { cacheMount } from '../../../src/rules/cache/cache-mount.ts';
import { check, linesFound } from './check-cache-rule.ts';

const file = 'FROM a\nCOPY package.json package-lock.json ./\nRUN npm ci\n';

test('offers the mounts', () => {
  const [finding, ...more] = check(cacheMount, file, { history: { reruns: { 3: 12 } }, costs: { 3: { seconds: 30 } } });
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'info',
    location: { startLine: 3 },
    fix: 'RUN --mount=type=cache,target=/root/.npm npm ci',
    seconds: null,
  });
  expect(finding?.message).toContain(
    'whenever it runs, as in 12 commits of 100: nothing keeps what npm fetched before.',
  );
});

test('apt damages what two use at once, and has a hook that empties it', () => {
  const [finding] = check(cacheMount, 'FROM a\nRUN apt-get update && apt-get install -y curl\n', {
    builder: 'buildah',
  });
  expect(finding?.fix).toContain('--mount=type=cache,target=/var/cache/apt,sharing=locked');
  expect(finding?.help).toContain('docker-clean');
});

test.each([
  'yarn install --frozen-lockfile && yarn cache clean',
  'apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*',
])('has no lines for what empties its cache: %s', (run) => {
  const [finding] = check(cacheMount, `FROM a\nRUN ${run}\n`);
  expect(finding).toMatchObject({ fix: null });
  expect(finding?.help).toContain('and leave out what empties it');
});

test.each([
  ['a mount is there', 'FROM a\nRUN --mount=type=cache,target=/root/.npm npm ci\n'],
  ['another mount is there', 'FROM a\nRUN --mount=target=/x,type=cache npm ci\n'],
  ['nothing is fetched', 'FROM a\nRUN npm run build\n'],
  ['nothing is kept on purpose', 'FROM a\nRUN apk add --no-cache curl\n'],
  ['pip keeps nothing on purpose', 'FROM a\nRUN pip install --no-cache-dir -r requirements.txt\n'],
  ['it cannot be read', 'FROM a\nRUN npm ci || npm install\n'],
])('is silent where %s', (_, dockerfile) => {
  expect(linesFound(cacheMount, dockerfile)).toEqual([]);
});

test('is silent where no commit re-runs it', () => {
  expect(linesFound(cacheMount, file, { history: {} })).toEqual([]);
});

test.each(['classic', 'kaniko'] as const)('is silent for %s, which knows no mounts', (builder) => {
  expect(linesFound(cacheMount, file, { builder })).toEqual([]);
});
