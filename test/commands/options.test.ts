import { expect, test } from 'vitest';
import yargs from 'yargs';
import { configOption, tuiOptions } from '../../src/commands/options.ts';

test.each([
  ['', { tui: undefined, mouse: undefined, config: undefined }],
  ['--tui', { tui: true, mouse: undefined, config: undefined }],
  ['--no-tui --no-mouse', { tui: false, mouse: false, config: undefined }],
  ['--config other.yaml --mouse', { tui: undefined, mouse: true, config: 'other.yaml' }],
])('the options of the terminal UI: %j', (given, expected) => {
  const { tui, mouse, config } = configOption(tuiOptions(yargs(given.split(' ').filter(Boolean))))
    .strict()
    .parseSync();
  expect({ tui, mouse, config }).toEqual(expected);
});
