import { expect, test } from 'vitest';
import { closest } from '../../src/text/closest.ts';

test.each([
  ['themes', 'theme'],
  ['tehme', 'theme'],
  ['Theme', 'theme'],
  ['moose', 'mouse'],
  ['kys', 'keys'],
  ['ky', null],
  ['k', null],
  ['colour', null],
  ['', null],
  ['theme'.repeat(100_000), null],
])('%s was meant to be %s', (word, meant) => {
  expect(closest(word, ['keys', 'theme', 'mouse'])).toBe(meant);
});
