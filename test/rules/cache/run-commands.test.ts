import { expect, test } from 'vitest';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { runCommands } from '../../../src/rules/cache/run-commands.ts';

const words = (line: string): (readonly string[])[] | null => {
  const run = parseDockerfile(`FROM a\n${line}\n`).stages[0]?.instructions[1];
  if (run === undefined) throw new Error('no RUN');
  return runCommands(run)?.map((command) => [...command.words]) ?? null;
};

test.each([
  ['RUN npm ci', [['npm', 'ci']]],
  [
    'RUN set -eux; apt-get update && apt-get install -y curl',
    [
      ['set', '-eux'],
      ['apt-get', 'update'],
      ['apt-get', 'install', '-y', 'curl'],
    ],
  ],
  ['RUN A=1 B="x y" make -j2', [['make', '-j2']]],
  ['RUN echo \'a && b\' "c; d"', [['echo', 'a && b', 'c; d']]],
  [
    'RUN curl -fsSL https://x.org/a#b | tar -xz # unpack',
    [
      ['curl', '-fsSL', 'https://x.org/a#b'],
      ['tar', '-xz'],
    ],
  ],
  [
    'RUN if [ -f a ]; then npm ci; else npm i; fi',
    [
      ['[', '-f', 'a', ']'],
      ['npm', 'ci'],
      ['npm', 'i'],
    ],
  ],
  ['RUN (cd a && make) >/dev/null 2>&1', [['cd', 'a'], ['make'], ['>/dev/null', '2>&1']]],
  ['RUN v="$(curl -s "https://x/$(uname -m)")" && echo ${v:-a b}', [['echo', '${v:-a b}']]],
  ['RUN ["npm", "ci"]', [['npm', 'ci']]],
  [
    'RUN ["/bin/bash", "-lc", "npm ci && npm test"]',
    [
      ['npm', 'ci'],
      ['npm', 'test'],
    ],
  ],
  [
    'RUN <<EOF\nnpm ci\n# a comment\nnpm test\nEOF',
    [
      ['npm', 'ci'],
      ['npm', 'test'],
    ],
  ],
  ['RUN a \\\n  --b \\\n  && c', [['a', '--b'], ['c']]],
])('%s', (line, expected) => {
  expect(words(line)).toEqual(expected);
});

test.each([
  "RUN echo 'never ends",
  'RUN echo $(never',
  'RUN <<EOF\n#!/usr/bin/python\nprint(1)\nEOF',
  'RUN python <<EOF\nprint(1)\nEOF',
])('nothing of %s', (line) => {
  expect(words(line)).toBeNull();
});

test('takes time in proportion to its length', () => {
  const run = parseDockerfile(`FROM a\nRUN ${'$(('.repeat(20_000)}\n`).stages[0]?.instructions[1];
  expect(run && runCommands(run)).toBeNull();
});
