import { describe, expect, test } from 'vitest';
import { parsePathGlob } from '../../src/globs/parse-path-glob.ts';

function reasonOf(text: string): string {
  const parsed = parsePathGlob(text);
  if (!('reason' in parsed)) throw new Error(`${text} was taken`);
  return parsed.reason;
}

function partsOf(text: string): readonly unknown[] {
  const parsed = parsePathGlob(text);
  if ('reason' in parsed) throw new Error(parsed.reason);
  return parsed.parts.map((part) => {
    switch (part.kind) {
      case 'directories':
        return '**';
      case 'name':
        return part.name;
      case 'pattern':
        return [part.start, part.end, part.core];
    }
  });
}

describe('a path pattern', () => {
  test.each([
    ['/usr/share/doc/**', ['usr', 'share', 'doc', '**']],
    ['**/.git/**', ['**', '.git', '**']],
    ['/**', ['**']],
    ['/**/**/x/**/**', ['**', 'x', '**']],
    ['/var/lib/', ['var', 'lib', '**']],
    ['/*.log', [['', '.log', '.log']]],
    ['/lib*.so.*', [['lib', '', '.so.']]],
    ['/a?c[xy]z', [['a', 'z', 'a']]],
    ['/[ab]*c', [['', 'c', 'c']]],
    [String.raw`/\*a\b`, ['*ab']],
    [String.raw`/a\*b*c\*`, [['a*b', 'c*', 'a*b']]],
    [String.raw`/\{a\}`, ['{a}']],
    ['/é', ['\u00c3\u00a9']],
    ['/é*ü', [['\u00c3\u00a9', '\u00c3\u00bc', '\u00c3\u00a9']]],
    ['/a b', ['a b']],
    ['/[a]', [['', '', '']]],
    ['/*[*?]*ab\\]c?d', [['', 'd', 'ab]c']]],
  ])('%s is read', (text, parts) => expect(partsOf(text)).toEqual(parts));

  test.each([
    ['', 'a path pattern is empty; write "/**" for all paths'],
    [' ', 'a path pattern is empty; write "/**" for all paths'],
    ['/', '"/" is the root alone; write "/**" for all paths'],
    ['usr/share', '"usr/share" begins neither with "/" nor with "**/"; did you mean "/usr/share" or "**/usr/share"?'],
    ['*.log', '"*.log" begins neither with "/" nor with "**/"; did you mean "/*.log" or "**/*.log"?'],
    ['./a', '"./a" begins neither with "/" nor with "**/"; did you mean "/a" or "**/a"?'],
    ['**', '"**" begins neither with "/" nor with "**/"; write "/**" for all paths'],
    ['!/a', '"!/a" begins with "!": a path pattern cannot take paths out again'],
    ['/a ', '"/a " begins or ends with white space'],
    ['/a\0', '"/a\\u0000" has a NUL, as no path has'],
    ['/a//b', 'a path pattern has two slashes side by side'],
    ['/a/../b', 'a path pattern has a part "..", as no path of an image has'],
    ['/a/.', 'a path pattern has a part ".", as no path of an image has'],
    ['/a/**.pyc', '"**.pyc" has "**" beside other characters; it stands alone between slashes, as in "**/*.pyc"'],
    ['/a***', '"a***" has "**" beside other characters; it stands alone between slashes, as in "**/a*"'],
    ['/{a,b}', '"{a,b}" has braces, which are not understood: write one pattern for each, or "\\{" for the character'],
    ['/[!a]', '"[!a]" has "[!": write "[^" for any character but these'],
    ['/*.+(a|b)', '"*.+(a|b)" has a group in parentheses, which is not understood: write one pattern for each'],
    ['/[a', '"[a" is no pattern: a "[" without its "]", or an empty or malformed class'],
    ['/[]', '"[]" is no pattern: a "[" without its "]", or an empty or malformed class'],
    ['/a\\', '"a\\\\" ends with a backslash that takes the meaning from nothing'],
    [`/${'a'.repeat(4096)}`, 'a path pattern is longer than 4096 characters, as no path is'],
  ])('%j is refused', (text, reason) => expect(reasonOf(text)).toBe(reason));
});
