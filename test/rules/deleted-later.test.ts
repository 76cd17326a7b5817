import { expect, test } from 'vitest';
import { deletedLater } from '../../src/rules/deleted-later.ts';
import { dir, file, whiteout } from '../write-layer.ts';
import { check } from './check-rule.ts';

test('names both steps, the directory and the bytes', () => {
  const [finding, ...more] = check(
    deletedLater,
    { run: 'RUN fetch', holds: { 'tmp/a': file(5000), 'tmp/b': file(3000), kept: file(9000) } },
    { run: 'RUN rm -rf /tmp/a /tmp/b', holds: { 'tmp/.wh.a': whiteout, 'tmp/.wh.b': whiteout } },
  );
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ severity: 'warning', layer: 0, path: '/tmp', bytes: 8000 });
  expect(finding?.message).toBe('step 1 deletes 8.0 kB in 2 files that step 0 wrote. The bytes stay in the image.');
  expect(finding?.help).toContain('Merge the two');
});

test('tells a COPY to leave the file out', () => {
  const [finding] = check(
    deletedLater,
    { run: 'COPY big /big', holds: { big: file(5000) }, copiesFrom: 'context' },
    { run: 'RUN rm /big', holds: { '.wh.big': whiteout } },
  );
  expect(finding?.help).toContain('.dockerignore');
});

test('finds what an opaque directory and a replaced parent hide', () => {
  const findings = check(
    deletedLater,
    { run: 'RUN a', holds: { 'd/x': file(5000), 'e/y': file(6000) } },
    { run: 'RUN b', holds: { d: dir(), 'd/.wh..wh..opq': whiteout, e: file(1) } },
  );
  expect(findings.map(({ bytes }) => bytes)).toEqual([11_000]);
});

test.each([
  ['a few bytes', { tmp: file(4095) }, { '.wh.tmp': whiteout }],
  ['a package cache', { 'var/cache/apk/x': file(9000) }, { 'var/cache/apk/.wh.x': whiteout }],
  ['a file that is replaced', { tmp: file(9000) }, { tmp: file(1) }],
])('leaves %s alone', (_, lower, upper) => {
  expect(check(deletedLater, { run: 'RUN a', holds: lower }, { run: 'RUN b', holds: upper })).toEqual([]);
});

test('leaves the base image alone', () => {
  const base = { run: 'ADD base /', holds: { tmp: file(9000) }, origin: 'base' } as const;
  expect(check(deletedLater, base, { run: 'RUN rm /tmp', holds: { '.wh.tmp': whiteout } })).toEqual([]);
});
