import { describe, expect, test } from 'vitest';
import { fileText } from '../../../src/tui/file/file-text.ts';
import { type Matches, nextMatch, previousMatch } from '../../../src/tui/file/matches.ts';
import { matchLimit, searchHex, searchText } from '../../../src/tui/file/search.ts';
import { contentOf } from './content-of.ts';

const pairs = ({ starts, ends }: Matches): number[][] => Array.from(starts, (start, at) => [start, ends[at] ?? -1]);
const inText = (content: string | Buffer, query: string): number[][] =>
  pairs(searchText(fileText(contentOf(content)), query));
const inBytes = (content: string | Buffer, query: string): number[][] => pairs(searchHex(contentOf(content), query));

describe('in text', () => {
  test.each([
    [
      'one two one',
      'one',
      [
        [0, 3],
        [8, 11],
      ],
    ],
    [
      'One oNE one',
      'one',
      [
        [0, 3],
        [4, 7],
        [8, 11],
      ],
    ],
    ['One oNE one', 'One', [[0, 3]]],
    [
      'aaaa',
      'aa',
      [
        [0, 2],
        [2, 4],
      ],
    ],
    ['', 'a', []],
    ['abc', '', []],
    ['a.c abc', 'a.c', [[0, 3]]],
    [String.raw`\d+ [x]{2}|(y)^$*?/`, String.raw`\d+ [x]{2}|(y)^$*?/`, [[0, 19]]],
    ['漢字 ÄÖ x', 'äö', [[7, 11]]],
    ['👍x', 'x', [[4, 5]]],
    ['straße STRASSE', 'straße', [[0, 7]]],
    ['İi', 'i', [[2, 3]]],
    ['\ufeffabc', 'b', [[1, 2]]],
  ] as const)('%j has %j', (content, query, found) => expect(inText(content, query)).toEqual(found));

  test('of UTF-16, offsets are those of its lines', () => {
    expect(inText(Buffer.from('\ufeffé漢x', 'utf16le'), 'x')).toEqual([[5, 6]]);
  });

  test('that is not UTF-8, byte by byte, where only ASCII has cases', () => {
    const bytes = Buffer.from('caf\xe9 CAF\xc9', 'latin1');
    expect(inText(bytes, 'caf')).toEqual([
      [0, 3],
      [5, 8],
    ]);
    expect(inText(bytes, 'Caf')).toEqual([]);
    expect(inText(bytes, 'é')).toEqual([]);
    expect(inText(Buffer.from([0, 0xc3, 0xa9, 0, 0xe3, 0x89]), 'é')).toEqual([[1, 3]]);
  });
});

describe('in bytes', () => {
  const elf = Buffer.from('007f454c46ff7f454c46', 'hex');
  test.each([
    [
      '7f 45 4c',
      [
        [1, 4],
        [6, 9],
      ],
    ],
    [
      '7F454C',
      [
        [1, 4],
        [6, 9],
      ],
    ],
    ['ff', [[5, 6]]],
    [
      'elf',
      [
        [2, 5],
        [7, 10],
      ],
    ],
    ['Elf', []],
    ['7f 4', []],
    ['', []],
  ] as const)('%j', (query, found) => expect(inBytes(elf, query)).toEqual(found));

  test('what may be either is found as both', () => {
    expect(inBytes(Buffer.from('cafe \xca\xfe', 'latin1'), 'cafe')).toEqual([
      [0, 4],
      [5, 7],
    ]);
  });

  test('letters are those of ASCII, from the first to the last', () => {
    expect(inBytes('@[`{AZaz', 'az@[`{')).toEqual([]);
    expect(inBytes('aAzZ', 'aazz')).toEqual([[0, 4]]);
    expect(inBytes('@[`{', '`{@[')).toEqual([]);
    expect(inBytes('@[`{', '@[`{')).toEqual([[0, 4]]);
  });
});

test('stops after ten thousand, and says so', () => {
  const most = searchText(fileText(contentOf('a'.repeat(matchLimit))), 'a');
  expect([most.starts.length, most.limited]).toEqual([10_000, false]);
  const more = searchText(fileText(contentOf('a'.repeat(matchLimit + 1))), 'a');
  expect([more.starts.length, more.limited]).toEqual([10_000, true]);
});

test('goes from match to match, and around', () => {
  const matches = searchText(fileText(contentOf('x..x..x')), 'x');
  expect(nextMatch(matches, -1)).toEqual({ index: 0, start: 0, end: 1, wrapped: false });
  expect(nextMatch(matches, 0)).toEqual({ index: 1, start: 3, end: 4, wrapped: false });
  expect(nextMatch(matches, 4)).toEqual({ index: 2, start: 6, end: 7, wrapped: false });
  expect(nextMatch(matches, 6)).toEqual({ index: 0, start: 0, end: 1, wrapped: true });
  expect(previousMatch(matches, 6)).toEqual({ index: 1, start: 3, end: 4, wrapped: false });
  expect(previousMatch(matches, 1)).toEqual({ index: 0, start: 0, end: 1, wrapped: false });
  expect(previousMatch(matches, 0)).toEqual({ index: 2, start: 6, end: 7, wrapped: true });
  const none = searchText(fileText(contentOf('abc')), 'x');
  expect([nextMatch(none, 0), previousMatch(none, 0)]).toEqual([null, null]);
});
