import { expect, test } from 'vitest';
import { splitArguments } from '../../src/builds/split-arguments.ts';

test.each([
  ['-t app .', '', '-t app .'],
  ['--with podman -t app .', '--with podman', '-t app .'],
  ['--with=podman --json --with docker .', '--with=podman --json --with docker', '.'],
  ['--report json=x --no-color --pull --json .', '--report json=x --no-color', '--pull --json .'],
  ['-h', '-h', ''],
  ['. -h', '', '. -h'],
  ['--json -- --json .', '--json', '--json .'],
  ['-- -- .', '', '-- .'],
  ['--without .', '', '--without .'],
  ['--with', '--with', ''],
  ['', '', ''],
])('%j is ours up to %j', (line, own, builder) => {
  const words = (text: string): string[] => (text === '' ? [] : text.split(' '));
  expect(splitArguments(words(line))).toEqual({ own: words(own), builder: words(builder) });
});
