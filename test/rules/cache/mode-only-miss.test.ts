import { expect, test } from 'vitest';
import { modeOnlyMiss } from '../../../src/rules/cache/mode-only-miss.ts';
import { type Build, check, linesFound } from './check-cache-rule.ts';

const file = 'FROM a\nCOPY src /src\n';
const odd: Build = { history: {}, files: { 'src/b': 0o775, 'src/a.ts': 0o664, 'src/c': 0o644, other: 0o600 } };

test('tells of modes that come from a umask', () => {
  const [finding, ...more] = check(modeOnlyMiss, file, odd);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ severity: 'warning', location: { startLine: 2 } });
  expect(finding?.message).toBe(
    '2 files of line 2 (COPY src /src) have modes that another checkout will not have (src/a.ts 664, under umask 022 644): it misses the cache there, with nothing else changed.',
  );
});

test('--chmod does not help in BuildKit, and does in buildah', () => {
  const chmod = file.replace('COPY', 'COPY --chmod=644');
  expect(check(modeOnlyMiss, chmod, odd)[0]?.message).toContain('--chmod does not help');
  expect(linesFound(modeOnlyMiss, chmod, { ...odd, builder: 'buildah' })).toEqual([]);
});

test.each([
  ["where modes are git's", { history: {}, files: { 'src/a': 0o644, 'src/run': 0o755 } }],
  ['about files that are not copied', { history: {}, files: { other: 0o664, 'src/a': 0o644 } }],
  ["about git's own files", { history: {}, files: { 'src/.git/objects/00/1': 0o444, 'src/a': 0o644 } }],
  ['outside of a repository', { files: odd.files ?? {} }],
] satisfies [string, Build][])('is silent %s', (_, build) => {
  expect(linesFound(modeOnlyMiss, file, build)).toEqual([]);
});
