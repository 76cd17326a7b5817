import { expect, test } from 'vitest';
import { unpinnedBase } from '../../../src/rules/cache/unpinned-base.ts';
import { check } from './check-cache-rule.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const found = (dockerfile: string, buildArgs = {}): string[] =>
  check(unpinnedBase, dockerfile, { buildArgs }).map(({ severity, location }) => `${severity} ${location.startLine}`);

test.each([
  ['FROM debian\n', ['warning 1']],
  ['FROM debian:latest\n', ['warning 1']],
  ['FROM debian:12\n', ['info 1']],
  ['FROM registry:5000/debian\n', ['warning 1']],
  ['ARG TAG=12\nFROM debian:$TAG\n', ['info 2']],
  ['FROM debian:12 AS a\nFROM debian:12\nCOPY --from=a /x /x\n', ['info 1']],
  [`FROM debian@${digest}\nCOPY --from=nginx:1 / /\n`, ['info 2']],
])('%s', (dockerfile, expected) => {
  expect(found(dockerfile)).toEqual(expected);
});

test('says how to learn the digest', () => {
  expect(check(unpinnedBase, 'FROM debian:12\n')[0]?.help).toContain('debian:12@sha256:…');
});

test.each([
  ['a digest', `FROM debian:12@${digest}\n`],
  ['nothing', 'FROM scratch\n'],
  ['a stage', `FROM debian@${digest} AS a\nFROM a\nCOPY --from=0 / /\nCOPY --from=a / /\n`],
  ['an argument without a value', 'ARG BASE\nFROM $BASE\n'],
  ['a stage that is not built', `FROM debian AS old\nFROM debian@${digest}\n`],
  ['what is no name of an image', 'FROM UPPER//case\n'],
])('is silent about %s', (_, dockerfile) => {
  expect(found(dockerfile)).toEqual([]);
});

test('goes by the arguments that are given', () => {
  const dockerfile = 'ARG BASE=debian:12\nFROM $BASE\n';
  expect(found(dockerfile, { BASE: `debian@${digest}` })).toEqual([]);
  expect(found(dockerfile, { BASE: 'debian' })).toEqual(['warning 2']);
});
