import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanPath, isUnsafePath } from '../../src/layer/clean-path.ts';

describe('cleanPath', () => {
  test.each([
    ['a/b', 'a/b'],
    ['./a/b', 'a/b'],
    ['a/b/', 'a/b'],
    ['/a', 'a'],
    ['///a///b///', 'a/b'],
    ['a/./b/.', 'a/b'],
    ['a/../b', 'b'],
    ['../../a', 'a'],
    ['a/../../..', ''],
    ['.', ''],
    ['./', ''],
    ['/', ''],
    ['', ''],
    ['..', ''],
    ['...', '...'],
    ['a./b', 'a./b'],
    ['a.', 'a.'],
    ['a..', 'a..'],
    ['..a/.b', '..a/.b'],
    ['a/.../b', 'a/.../b'],
    ['.wh..wh..opq', '.wh..wh..opq'],
  ])('%j is %j', (path, clean) => {
    expect(cleanPath(path)).toBe(clean);
  });

  const path = fc.string({ unit: fc.constantFrom('a', 'b', '.', '/', ' ') });

  test('of a clean path is that path', () => {
    fc.assert(fc.property(path, (one) => cleanPath(cleanPath(one)) === cleanPath(one)));
  });

  test('leaves no part that leads anywhere else', () => {
    fc.assert(
      fc.property(path, (one) => {
        const clean = cleanPath(one);
        return clean === '' || clean.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
      }),
    );
  });
});

test.each([
  ['a/b', false],
  ['./a', false],
  ['a/', false],
  ['a..b/c', false],
  ['..a', false],
  ['/a', true],
  ['../a', true],
  ['a/..', true],
  ['a/../b', true],
  ['..', true],
])('isUnsafePath(%j) is %s', (path, unsafe) => {
  expect(isUnsafePath(path)).toBe(unsafe);
});
