import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIgnore } from '../../src/dockerfile/ignore-file.ts';

/** The cases of moby's patternmatcher_test.go, and those of its documentation. */
const cases: readonly (readonly [pattern: string, path: string, ignored: boolean])[] = [
  ['**', 'file', true],
  ['**', 'dir/file', true],
  ['**/', 'dir/file', true],
  ['**/**', 'dir/file', true],
  ['dir/**', 'dir/file', true],
  ['dir/**', 'dir/dir2/file', true],
  ['dir/**', 'dir', false],
  ['**/dir', 'dir', true],
  ['**/dir', 'dir/file', true],
  ['**/dir2/*', 'dir/dir2/file', true],
  ['**/dir2/**', 'dir/dir2/dir2/file', true],
  ['**file', 'file', true],
  ['**file', 'dir/file', true],
  ['**file', 'dir/myfile', true],
  ['**/file', 'dir/dir/file', true],
  ['**/file', 'dir/dir/myfile', false],
  ['**/file*txt', 'dir/dir/file.txt', true],
  ['**/file*.txt', 'dir/dir/file.doc', false],
  ['**/**/*.txt', 'dir/dir/file.txt', true],
  ['a**/*.txt', 'a/dir/file.txt', true],
  ['a/*.txt', 'a/dir/file.txt', false],
  ['a[b-d]e', 'ace', true],
  ['a[b-d]e', 'aae', false],
  ['a[^b-d]e', 'aze', true],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  ['a?b', 'a/b', false],
  ['.*', '.git', true],
  ['abc**', 'abcdef/g', true],
  ['a**/b', 'ab', true],
  ['/dir/', 'dir/file', true],
  ['./dir', 'dir', true],
  ['x/../dir', 'dir', true],
  ['dir', 'dirs', false],
  ['.', 'file', false],
  ['*.md\n!README.md', 'README.md', false],
  ['*.md\n!README.md', 'CHANGES.md', true],
  ['dir\n!dir/keep', 'dir/keep', false],
  ['dir\n!dir/keep\ndir/keep', 'dir/keep', true],
  ['!dir/keep\ndir', 'dir/keep', true],
  ['# dir\ndir', 'dir', true],
  ['#dir', '#dir', false],
  [' #dir', '#dir', true],
  ['\uFEFFdir\r\n', 'dir', true],
  ['! dir\n', 'dir', false],
];

describe('.dockerignore', () => {
  it.each(cases)('%j and %j: %j', (pattern, path, ignored) => {
    expect(createIgnore(pattern).ignores(path)).toBe(ignored);
  });

  it('leaves out what no builder takes, and says so', () => {
    const ignore = createIgnore('[\na[b-]c\n!\nkept\\\nfile');
    expect(ignore.malformed).toEqual(['[', 'a[b-]c', '!', 'kept\\']);
    expect(ignore.ignores('file')).toBe(true);
  });

  it('has a result for any text and path, soon', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 200 }), (text, path) => {
        expect(typeof createIgnore(text).ignores(path)).toBe('boolean');
      }),
    );
    const start = performance.now();
    expect(createIgnore(`${'a*'.repeat(500)}b`).ignores('a'.repeat(2000))).toBe(false);
    expect(createIgnore('**/a'.repeat(200)).ignores('ab/'.repeat(1000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
