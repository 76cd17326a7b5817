import { describe, expect, it } from 'vitest';
import { splitShellCommands } from '../../src/packages/shell-commands.ts';

const read = (script: string) =>
  splitShellCommands(script)?.map(({ words, joiner, start, end }) => ({
    words,
    joiner,
    text: script.slice(start, end),
  }));

describe('splitShellCommands', () => {
  it('tells commands, their joiners and where they stand', () => {
    expect(read('npm ci  &&  npm run build; echo "a b" c\\ d')).toEqual([
      { words: ['npm', 'ci'], joiner: '&&', text: 'npm ci' },
      { words: ['npm', 'run', 'build'], joiner: ';', text: 'npm run build' },
      { words: ['echo', 'a b', 'c d'], joiner: null, text: 'echo "a b" c\\ d' },
    ]);
  });

  it('takes assignments in front for the environment of the command alone', () => {
    const [command] = splitShellCommands("A=1 B='x y' npm ci") ?? [];
    expect(command?.words).toEqual(['npm', 'ci']);
    expect([...(command?.environment ?? [])]).toEqual([
      ['A', '1'],
      ['B', 'x y'],
    ]);
  });

  it('does not tell words that the shell expands', () => {
    expect(read('npm ci --omit=$WHAT && ls *.js && echo "${A}"')?.map(({ words }) => words)).toEqual([
      null,
      null,
      null,
    ]);
    expect(read("echo '$A' '*'")?.[0]?.words).toEqual(['echo', '$A', '*']);
  });

  it.each([
    'npm ci | tee log',
    'npm ci || true',
    'npm ci &',
    '(npm ci)',
    '{ npm ci; }',
    'npm ci > /dev/null',
    'npm ci $(flags)',
    'npm ci `flags`',
    'npm ci "$(flags)"',
    'if true; then npm ci; fi',
    'for a in b; do npm ci; done',
    '! npm ci',
    'npm ci # && rm x',
    'npm ci &&',
    '&& npm ci',
    'npm ci ;; true',
    "npm ci 'open",
    'npm ci "open',
    'npm ci ${A:-$(x)}',
    'A=1',
    '$NPM ci',
    'f() { npm ci; }',
    '',
    'npm ci <<EOF',
  ])('gives up on %j', (script) => expect(splitShellCommands(script)).toBeNull());

  it('reads a long hostile script in a moment', () => {
    expect(splitShellCommands('${'.repeat(30_000))).toBeNull();
    expect(splitShellCommands('a '.repeat(40_000))).toBeNull();
  });
});
