import { expect, test } from 'vitest';
import { splitUpdate } from '../../../src/rules/cache/split-update.ts';
import { check, linesFound } from './check-cache-rule.ts';

test('lists of one RUN, packages of another', () => {
  const [finding, ...more] = check(splitUpdate, 'FROM a\nRUN apt-get -qq update\nRUN apt-get install -y curl\n');
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ severity: 'warning', location: { startLine: 2, endLine: 2 } });
  expect(finding?.message).toContain('line 3 (RUN apt-get install -y curl) installs from');
});

test.each([
  ['FROM a\nRUN apt update && apt upgrade -y\nWORKDIR /x\nRUN set -e; apt install -y x\n', [2]],
  ['FROM a\nRUN apk update\nRUN apk add curl\n', [2]],
  ['FROM a AS b\nRUN apt-get update\nFROM b\nRUN apt-get install -y x\n', [2]],
])('%s', (dockerfile, expected) => {
  expect(linesFound(splitUpdate, dockerfile)).toEqual(expected);
});

test.each([
  ['one RUN does both', 'FROM a\nRUN apt-get update && apt-get install -y x\nRUN apt-get install -y y\n'],
  ['the other fetches its own', 'FROM a\nRUN apt-get update\nRUN apt-get update && apt-get install -y x\n'],
  ['apk fetches its own', 'FROM a\nRUN apk update\nRUN apk add --no-cache x\n'],
  ['nobody installs', 'FROM a\nRUN apt-get update\nRUN make\n'],
  ['another manager installs', 'FROM a\nRUN apt-get update\nRUN apk add curl\n'],
  [
    'the lists are in a cache mount',
    'FROM a\nRUN --mount=type=cache,target=/var/lib/apt apt-get update\nRUN apt-get install x\n',
  ],
  [
    'the other stage has nothing to do with it',
    'FROM a AS b\nRUN apt-get update\nFROM a\nRUN apt-get install x\nCOPY --from=b /x /x\n',
  ],
  ['it only says so', 'FROM a\nRUN echo "apt-get update"\nRUN apt-get install x\n'],
])('is silent where %s', (_, dockerfile) => {
  expect(linesFound(splitUpdate, dockerfile)).toEqual([]);
});
