import { expect, test } from 'vitest';
import { bytesPerLine, hexLine, hexLineCount, hexLineOf, hexLines } from '../../../src/tui/file/hex-lines.ts';
import { searchHex } from '../../../src/tui/file/search.ts';
import { contentOf, marked, plainText } from './content-of.ts';

const elf = contentOf(Buffer.from('7f454c4602010100000000000000000003003e00', 'hex'));

test('sixteen bytes a line, in two groups, with what they are in ASCII', () => {
  expect(hexLines(elf, 0, 10, { width: 80, matches: null }).map(plainText)).toEqual([
    '00000000  7f 45 4c 46 02 01 01 00  00 00 00 00 00 00 00 00  .ELF............',
    '00000010  03 00 3e 00                                       ..>.',
  ]);
});

test('eight where there is little room, and cut where there is less', () => {
  expect(hexLines(elf, 1, 10, { width: 76, matches: null }).map(plainText)).toEqual([
    '00000010  03 00 3e 00                                       ..>.',
  ]);
  expect(hexLines(elf, 0, 10, { width: 75, matches: null }).map(plainText)).toEqual([
    '00000000  7f 45 4c 46  02 01 01 00  .ELF....',
    '00000008  00 00 00 00  00 00 00 00  ........',
    '00000010  03 00 3e 00               ..>.',
  ]);
  expect(plainText(hexLine(elf, 0, { width: 15, matches: null }))).toBe('00000000  7f 45');
  expect(hexLine(elf, 0, { width: 0, matches: null })).toEqual([]);
});

test('counts its lines, and has none beyond the end', () => {
  expect([bytesPerLine(76), bytesPerLine(75)]).toEqual([16, 8]);
  expect([hexLineCount(elf, 80), hexLineCount(elf, 44), hexLineCount(contentOf(''), 80)]).toEqual([2, 3, 0]);
  expect([hexLineOf(15, 80), hexLineOf(16, 80), hexLineOf(16, 44)]).toEqual([0, 1, 2]);
  expect(hexLine(elf, 2, { width: 80, matches: null })).toEqual([]);
  expect(hexLines(elf, 5, 10, { width: 80, matches: null })).toEqual([]);
});

test('marks what was found in both columns, also across lines', () => {
  expect(marked(hexLine(elf, 0, { width: 44, matches: searchHex(elf, 'elf') }))).toBe(
    '[faint:00000000 ] [faint:7f] [match:45 4c 46]  [faint:02 01 01 00]  [faint:.][match:ELF][faint:....]',
  );
  const matches = searchHex(elf, '00 03');
  expect(hexLines(elf, 1, 2, { width: 44, matches }).map(marked)).toEqual([
    '[faint:00000008 ] [faint:00 00 00 00  00 00 00] [match:00]  [faint:.......][match:.]',
    '[faint:00000010 ] [match:03] [faint:00] 3e [faint:00]               [match:.][faint:.]>[faint:.]',
  ]);
});
