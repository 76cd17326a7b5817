import { describe, expect, test } from 'vitest';
import { cleanSource, type LinkRules, selectSource } from '../../src/context/select-source.ts';
import { contextOf } from './context-of.ts';

const tree = contextOf({
  'a.txt': 'a',
  'b.txt': 'b',
  'c.md': 'c',
  'dir/x.txt': 'x',
  'dir/deep/x.txt': 'y',
  'other/x.txt': 'z',
  'to-dir': '-> dir',
  'to-file.txt': '-> dir/x.txt',
  'a*b': 'star',
  '[odd': 'odd',
});

const following: LinkRules = { named: 'followed', beforeWildcard: 'followed' };

function select(source: string, rules: LinkRules = following): string[] {
  return selectSource(tree, source, rules).map(({ name, path }) => (name === path ? name : `${name} -> ${path}`));
}

test.each([
  ['.', ''],
  ['/', ''],
  ['', ''],
  ['./dir/', 'dir'],
  ['/../../dir/./deep/..', 'dir'],
  ['dir//deep', 'dir/deep'],
])('%j is cleaned to %j', (source, expected) => {
  expect(cleanSource(source)).toBe(expected);
});

describe('selects, links followed', () => {
  test.each<[string, string[]]>([
    ['.', ['']],
    ['../a.txt', ['a.txt']],
    ['a.txt', ['a.txt']],
    ['dir/', ['dir']],
    ['to-dir', ['to-dir -> dir']],
    ['to-dir/x.txt', ['to-dir/x.txt -> dir/x.txt']],
    ['*.txt', ['a.txt', 'b.txt', 'to-file.txt -> dir/x.txt']],
    ['[a-b].txt', ['a.txt', 'b.txt']],
    ['[^a].txt', ['b.txt']],
    ['?.md', ['c.md']],
    ['dir/*', ['dir/deep', 'dir/x.txt']],
    ['dir/**', ['dir/deep', 'dir/x.txt']],
    ['**/x.txt', ['dir/x.txt', 'other/x.txt']],
    ['*/x.txt', ['dir/x.txt', 'other/x.txt']],
    ['to-dir/*.txt', ['to-dir/x.txt -> dir/x.txt']],
    ['d*', ['dir']],
    ['to-d*', ['to-dir -> dir']],
    ['a\\*?', ['a*b']],
    ['\\[od*', ['[odd']],
    ['*.go', []],
    ['none', []],
    ['none/*', []],
    ['[', []],
  ])('%j: %j', (source, expected) => {
    expect(select(source)).toEqual(expected);
  });
});

test('links are kept, or not entered before a wildcard, where a builder has it so', () => {
  const rules: LinkRules = { named: 'kept', beforeWildcard: 'not-entered' };
  expect(select('to-dir', rules)).toEqual(['to-dir']);
  expect(select('to-f*', rules)).toEqual(['to-file.txt']);
  expect(select('to-dir/*.txt', rules)).toEqual([]);
});

test('a pattern beyond all paths fits nothing, in no time', () => {
  expect(select('['.repeat(100_000))).toEqual([]);
});
