import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandRaw, expandToWords, expandWord } from '../../src/dockerfile/expand.ts';

const values: Readonly<Record<string, string | null>> = {
  SHELL: 'shell',
  EMPTY: '',
  PATH: '/usr/bin:/bin',
  FILE: 'archive.tar.gz',
  LONG: 'aabbaabb',
  PHRASE: 'two words',
  UNKNOWN: null,
};
const lookup = (name: string) => values[name];

/** Mostly of BuildKit's shell/envVarTest, in its order. Null: refused, or not to be told. */
const cases: readonly (readonly [word: string, expanded: string | null])[] = [
  ['hello', 'hello'],
  ["he'll'o", 'hello'],
  ["he'llo", null],
  ["he\\'llo", "he'llo"],
  ["he\\\\'llo", null],
  ['abc\\tdef', 'abctdef'],
  ['abc\\\\tdef', 'abc\\tdef'],
  ["'abc\\\\tdef'", 'abc\\\\tdef'],
  ['"abc\\tdef"', 'abc\\tdef'],
  ['"abc\\\\tdef"', 'abc\\tdef'],
  ["'abc\\'", 'abc\\'],
  ['a\\', 'a'],
  ["'hello\\there'", 'hello\\there'],
  ['"hello\\there"', 'hello\\there'],
  ['"$"', '$'],
  ['$', '$'],
  ['he$1x', 'hex'],
  ['he$.x', 'he$.x'],
  ['he$SHELL.', 'heshell.'],
  ["'he$SHELL'", 'he$SHELL'],
  ['he\\$SHELL', 'he$SHELL'],
  ['"he\\$SHELL"', 'he$SHELL'],
  ['${}', null],
  ['${:-x}', null],
  ['${SHELL', null],
  ['${SHELL}s', 'shells'],
  ['${SHELL.}', null],
  ['${SHELL:-other}', 'shell'],
  ['${EMPTY:-other}', 'other'],
  ['${EMPTY-other}', ''],
  ['${NONE:-$SHELL}', 'shell'],
  ['${NONE:-${EMPTY:-"$SHELL}"}}', 'shell}'],
  ['${NONE-}', ''],
  ['${SHELL:+other}', 'other'],
  ['${EMPTY:+other}', ''],
  ['${EMPTY+other}', 'other'],
  ['${NONE+other}', ''],
  ['${SHELL:?}', 'shell'],
  ['${EMPTY:?why}', null],
  ['${EMPTY?why}', ''],
  ['${NONE?why}', null],
  ['${FILE#*.}', 'tar.gz'],
  ['${FILE##*.}', 'gz'],
  ['${FILE%.*}', 'archive.tar'],
  ['${FILE%%.*}', 'archive'],
  ['${FILE%x}', 'archive.tar.gz'],
  ['${FILE#?rch}', 'ive.tar.gz'],
  ['${LONG/bb/-}', 'aa-aabb'],
  ['${LONG//bb/-}', 'aa-aa-'],
  ['${LONG//b*/-}', 'aa-'],
  ['${LONG/a?b/}', 'baabb'],
  ['${PATH//:/ }', '/usr/bin /bin'],
  ['${LONG//a\\*/x}', 'aabbaabb'],
  ['${SHELL:#x}', null],
  ['${UNKNOWN}', null],
  ['${SHELL:-$UNKNOWN}', null],
  ['$SHELL$SHELL', 'shellshell'],
  ['"a  b"', 'a  b'],
];

describe('expandWord', () => {
  it.each(cases)('%s: %j', (word, expanded) => {
    expect(expandWord(word, lookup, '\\')).toBe(expanded);
  });

  it('takes a backtick for the escape where the file says so', () => {
    expect(expandWord('C:\\$SHELL`$x', lookup, '`')).toBe('C:\\shell$x');
  });

  it('splits words, also those of a value, but not in quotes', () => {
    expect(expandToWords('a $PHRASE "c  d" \'\' e\\ f', lookup, '\\')).toEqual([
      'a',
      'two',
      'words',
      'c  d',
      '',
      'e f',
    ]);
  });

  it('keeps quotes and escapes in a here-document', () => {
    expect(expandRaw('"$SHELL" \\$x \'$SHELL\'\n', lookup, '\\')).toBe('"shell" \\$x \'shell\'\n');
  });

  it('gives up on values that grow without end, and on depth', () => {
    const doubled = (name: string) => (name === 'A' ? 'x'.repeat(60_000) : undefined);
    expect(expandWord('$A$A', doubled, '\\')).toBeNull();
    expect(expandWord('${a:-'.repeat(5000) + '}'.repeat(5000), lookup, '\\')).toBeNull();
    expect(expandWord(`\${FILE%${'*'.repeat(3000)}a}`, () => 'a'.repeat(4000), '\\')).not.toBe('');
  });

  it('never throws', () => {
    const parts = fc.constantFrom(
      '$',
      '{',
      '}',
      'SHELL',
      ':',
      '-',
      '+',
      '?',
      '#',
      '%',
      '/',
      '*',
      '"',
      "'",
      '\\',
      ' ',
      'a',
      'NONE',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (words) => {
        const word = words.join('');
        expandWord(word, lookup, '\\');
        expandToWords(word, lookup, '`');
        expandRaw(word, lookup, '\\');
      }),
      { numRuns: 2000 },
    );
  });
});
