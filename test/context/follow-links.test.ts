import { expect, test } from 'vitest';
import { followLinks, type LastLink } from '../../src/context/follow-links.ts';
import { contextOf } from './context-of.ts';

const tree = contextOf({
  'src/a.ts': 'a',
  'src/up': '-> ..',
  near: '-> src',
  absolute: '-> /src/a.ts',
  outside: '-> ../../../src/a.ts',
  gone: '-> nowhere',
  'loop/a': '-> b',
  'loop/b': '-> a',
  long: `-> ${'x/'.repeat(3000)}`,
});

function pathOf(path: string, last: LastLink = 'followed'): string | null {
  return followLinks(tree, path, last)?.path ?? null;
}

test.each([
  ['', ''],
  ['src/./a.ts', 'src/a.ts'],
  ['near/a.ts', 'src/a.ts'],
  ['near', 'src'],
  ['near/up/near/a.ts', 'src/a.ts'],
  ['absolute', 'src/a.ts'],
  ['outside', 'src/a.ts'],
  ['../../src', 'src'],
])('%j leads to %j', (path, expected) => {
  expect(pathOf(path)).toBe(expected);
});

test.each(['gone', 'loop/a', 'long', 'src/a.ts/x', 'none'])('%j leads nowhere', (path) => {
  expect(pathOf(path)).toBeNull();
});

test('a link at the end can be kept, one on the way is followed all the same', () => {
  expect(pathOf('near', 'kept')).toBe('near');
  expect(followLinks(tree, 'near/up', 'kept')).toEqual({ path: 'src/up', node: { kind: 'symlink', target: '..' } });
});
