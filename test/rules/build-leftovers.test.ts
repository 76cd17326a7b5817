import { expect, test } from 'vitest';
import { buildLeftovers } from '../../src/rules/build-leftovers.ts';
import { file, whiteout } from '../write-layer.ts';
import { check } from './check-rule.ts';

test('finds a toolchain that the final image shows', () => {
  const holds = { 'usr/lib/gcc/x86_64-linux-gnu/12/cc1': file(300_000), 'usr/bin/app': file(400_000) };
  expect(check(buildLeftovers, { run: 'RUN apt-get install gcc', holds })).toMatchObject([
    { severity: 'info', layer: 0, bytes: 300_000, path: '/usr/lib/gcc/x86_64-linux-gnu/12/cc1' },
  ]);
});

test('leaves one that is deleted, and a small one, alone', () => {
  const gcc = { 'usr/lib/gcc/x86_64-linux-gnu/12/cc1': file(300_000) };
  const removed = { 'usr/lib/.wh.gcc': whiteout };
  expect(check(buildLeftovers, { run: 'RUN a', holds: gcc }, { run: 'RUN b', holds: removed })).toEqual([]);
  expect(check(buildLeftovers, { run: 'RUN a', holds: { 'usr/include/a.h': file(1000) } })).toEqual([]);
});
