import { describe, expect, test } from 'vitest';
import { type ComparedFile, compareFiles, textLimit } from '../../../src/tui/file/compare.ts';
import { type Comparison, compareLine, compareLineCount, compareLines } from '../../../src/tui/file/comparison.ts';
import type { FileVersion } from '../../../src/tui/file/file-version.ts';
import { contentOf, marked, plainText } from './content-of.ts';

/** A regular file of a layer. @param sizeBytes of the whole, if the content is a part of it */
function fileIn(layer: number, content: string | Buffer, more: Partial<FileVersion> = {}, size?: number): ComparedFile {
  const ref = { layer, entry: 0 };
  const read = { ...contentOf(content, size), ref };
  const plain = { type: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 1_700_000_000, linkTarget: null } as const;
  return { version: { ...plain, sizeBytes: read.sizeBytes, ref, ...more }, content: read };
}

const rows = (comparison: Comparison, width = 120, scrollX = 0): string[] =>
  compareLines(comparison, 0, compareLineCount(comparison), { width, scrollX }).map(plainText);

/** The rows after the six of the metadata. */
async function contentRows(below: ComparedFile, here: ComparedFile): Promise<string[]> {
  const all = rows(await compareFiles(below, here));
  return all.slice(all.findIndex((row) => row.includes('mtime')) + 1);
}

test('metadata, then lines, with signs and colours', async () => {
  const before = fileIn(0, 'a\nb\nc\nd\ne\nf\n');
  const after = fileIn(1, 'a\nb\nc\nd\nE\nf\n', { mode: 0o4755, uid: 5 });
  const comparison = await compareFiles(before, after);
  expect(compareLines(comparison, 0, 100, { width: 80, scrollX: 0 }).map(marked)).toEqual([
    '[strong:Changed from the layer below.]',
    '  type   file',
    '  size   12 B',
    '[removed:- mode   0644]',
    '[added:+ mode   4755]',
    '[removed:- owner  0:0]',
    '[added:+ owner  5:0]',
    '  mtime  2023-11-14T22:13:20.000Z',
    '[faint:@@ -2,5 +2,5 @@]',
    '  b',
    '  c',
    '  d',
    '[removed:- e]',
    '[added:+ E]',
    '  f',
  ]);
  expect(compareLines(comparison, 13, 1, { width: 80, scrollX: 0 }).map(marked)).toEqual(['[added:+ E]']);
  expect(compareLine(comparison, 15, { width: 80, scrollX: 0 })).toEqual([]);
  expect(rows(comparison, 10, 5).slice(0, 4)).toEqual(['ed from t…', '    file', '    12 B', '-   0644']);
});

describe('says', () => {
  const first = async (below: ComparedFile | null, here: ComparedFile | null): Promise<string | undefined> =>
    rows(await compareFiles(below, here))[0];
  test('that there is nothing below', async () => {
    expect(rows(await compareFiles(null, fileIn(1, 'a')))).toEqual([
      'Not there in the layer below.',
      '+ type   file',
      '+ size   1 B',
      '+ mode   0644',
      '+ owner  0:0',
      '+ mtime  2023-11-14T22:13:20.000Z',
    ]);
  });
  test('that it is removed', async () => {
    const all = rows(await compareFiles(fileIn(0, 'a'), null));
    expect(all.slice(0, 2)).toEqual(['Removed: only there in the layer below.', '- type   file']);
  });
  test('that there is nothing at all', async () =>
    expect(rows(await compareFiles(null, null))).toEqual(['Not there.']));
  test('unchanged: the same bytes, or the same entry', async () => {
    expect(await first(fileIn(0, 'a'), fileIn(1, 'a'))).toBe('Unchanged from the layer below.');
    const large = fileIn(0, 'a', {}, 5_000_000);
    expect(await first(large, large)).toBe('Unchanged from the layer below.');
  });
  test('changed mode only', async () => {
    expect(rows(await compareFiles(fileIn(0, 'a'), fileIn(1, 'a', { mode: 0o600 })))).toEqual([
      'Changed from the layer below.',
      '  type   file',
      '  size   1 B',
      '- mode   0644',
      '+ mode   0600',
      '  owner  0:0',
      '  mtime  2023-11-14T22:13:20.000Z',
    ]);
  });
  test('how far it looked', async () => {
    const all = rows(await compareFiles(fileIn(0, 'abc', {}, 5_000_000), fileIn(1, 'abc', {}, 5_000_000)));
    expect(all[0]).toBe('As far as compared, unchanged from the layer below.');
    expect(all.at(-1)).toBe('The files are the same in the first 3 B; the rest was not compared.');
  });
  test('another type', async () => {
    const link: ComparedFile = {
      version: {
        ...fileIn(1, '').version,
        type: 'symlink',
        mode: 0o777,
        linkTarget: 'a\n\u001b[2J\xe9',
      },
      content: null,
    };
    expect(rows(await compareFiles(fileIn(0, 'a'), link))).toEqual([
      'Changed from the layer below.',
      '- type   file',
      '+ type   symlink',
      '- size   1 B',
      '- mode   0644',
      '+ mode   0777',
      '  owner  0:0',
      '  mtime  2023-11-14T22:13:20.000Z',
      String.raw`+ target a\n\e[2J�`,
    ]);
  });
});

describe('contents', () => {
  test.each([
    ['', 'a\n', ['@@ -0,0 +1,1 @@', '+ a']],
    ['a\n', '', ['@@ -1,1 +0,0 @@', '- a']],
    ['a', 'a\n', ['@@ -1,1 +1,1 @@', '- a', String.raw`\ No newline at end of file`, '+ a']],
    ['a\r\n', 'a\n', ['@@ -1,1 +1,1 @@', String.raw`- a\r`, '+ a']],
    ['\u001b[2J\n', '\t\u202e\n', ['@@ -1,1 +1,1 @@', String.raw`- \e[2J`, String.raw`+         \u202e`]],
    ['a\u2028b\n', 'a\u2028c\n', ['@@ -1,1 +1,1 @@', String.raw`- a\u2028b`, String.raw`+ a\u2028c`]],
  ])('of %j and %j', async (below, here, shown) => {
    expect(await contentRows(fileIn(0, below), fileIn(1, here))).toEqual(shown);
  });

  test('with changes far apart, in hunks', async () => {
    const lines = Array.from({ length: 30 }, (_, at) => `${at}\n`);
    const changed = lines.with(2, 'two\n').with(25, 'x\n');
    const shown = await contentRows(fileIn(0, lines.join('')), fileIn(1, changed.join('')));
    expect(shown.filter((row) => row.startsWith('@@'))).toEqual(['@@ -1,6 +1,6 @@', '@@ -23,7 +23,7 @@']);
  });

  test('in another encoding', async () => {
    const utf16 = Buffer.from('\ufeffa\n', 'utf16le');
    expect(await contentRows(fileIn(0, 'a\n'), fileIn(1, utf16))).toEqual([
      'The text is the same, its encoding differs.',
    ]);
    expect(await contentRows(fileIn(0, 'b\n'), fileIn(1, utf16))).toEqual(['@@ -1,1 +1,1 @@', '- b', '+ a']);
  });

  test.each([
    [[0, 1, 2, 3], [0, 1, 9, 9], 'Binary files differ from byte 2 (0x2) on: 2 of 4 bytes.'],
    [[0, 1], [0, 1, 2], 'Binary files differ from byte 2 (0x2) on: 1 of 3 bytes.'],
    [[0], [], 'Binary files differ from byte 0 (0x0) on: 1 of 1 bytes.'],
    [[0, 1, 2], [1], 'Binary files differ from byte 0 (0x0) on: 3 of 3 bytes.'],
  ])('of bytes %j and %j', async (below, here, shown) => {
    expect(await contentRows(fileIn(0, Buffer.from(below)), fileIn(1, Buffer.from(here)))).toEqual([shown]);
  });

  test('of bytes that were not read to the end', async () => {
    const [below, here] = [Buffer.from([0, 1, 2]), Buffer.from([0, 1, 3])];
    expect(await contentRows(fileIn(0, below, {}, 100), fileIn(1, here, {}, 100))).toEqual([
      'Binary files differ from byte 2 (0x2) on: 1 byte in the first 3 B; the rest was not compared.',
    ]);
  });

  test('of texts too large for lines', async () => {
    expect(await contentRows(fileIn(0, 'a'), fileIn(1, 'b'.repeat(textLimit + 1)))).toEqual([
      'Texts over 512 kB are not compared by lines.',
      'The files differ from byte 0 (0x0) on: 512001 of 512001 bytes.',
    ]);
  });

  test('of texts that have no line in common', async () => {
    const text = (word: string): string => Array.from({ length: 50_000 }, (_, at) => `${word}${at}\n`).join('');
    const shown = await contentRows(fileIn(0, text('a')), fileIn(1, text('b')));
    expect(shown[0]).toBe('Too much differs to compare by lines.');
    expect(shown[1]).toMatch(/^The files differ from byte 0 \(0x0\) on: 50000 of 338890 bytes\.$/);
  });
});
