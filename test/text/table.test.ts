import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { cutPath, cutToWidth, layTable, withoutEmpty } from '../../src/text/table.ts';

describe('layTable', () => {
  const columns = [
    { title: 'size', align: 'right' },
    { title: 'name', align: 'left' },
    { title: 'rest', align: 'left' },
  ] as const;
  const rows = [
    [{ text: '1' }, { text: '日本' }, { text: 'a' }],
    [{ text: '12345' }, { text: 'cafe\u0301' }, { text: 'b' }],
    [{ text: '7' }, { text: '🐋' }, { text: 'a very long text' }],
  ];

  test('pads by columns of the terminal, not by characters', () => {
    expect(layTable(columns, rows, 100)).toEqual([
      ' size  name  rest',
      '    1  日本  a',
      '12345  cafe\u0301  b',
      '    7  🐋    a very long text',
    ]);
  });

  test('cuts the last column to the width', () => {
    const lines = layTable(columns, rows, 22);
    expect(lines.at(-1)).toBe('    7  🐋    a very l…');
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBe(22);
  });

  test('paints after padding', () => {
    const painted = layTable(
      [
        { title: '', align: 'right' },
        { title: '', align: 'left' },
      ],
      [
        [{ text: 'ab', paint: (text) => `<${text}>` }, { text: 'x' }],
        [{ text: 'abcd' }, { text: 'y' }],
      ],
      80,
    );
    expect(painted).toEqual(['  <ab>  x', 'abcd  y']);
  });

  test('has no header where no column has a title', () => {
    expect(layTable([{ title: '', align: 'left' }], [[{ text: 'x' }]], 80)).toEqual(['x']);
  });
});

test.each([
  ['short', 10, 'short'],
  ['exactly ten', 11, 'exactly ten'],
  ['one too long', 11, 'one too lo…'],
  ['日本語', 6, '日本語'],
  ['日本語', 5, '日本…'],
  ['日本語', 4, '日…'],
  ['👩‍👩‍👧‍👦 family', 5, '👩‍👩‍👧‍👦 f…'],
])('cutToWidth(%j, %d) is %j', (text, width, cut) => {
  expect(cutToWidth(text, width)).toBe(cut);
});

test('cutToWidth measures no more of a long text than fits', () => {
  expect(cutToWidth('x'.repeat(1_000_000), 10)).toBe(`${'x'.repeat(9)}…`);
});

test.each([
  ['/usr/lib/file', 20, '/usr/lib/file'],
  ['/usr/share/very/long/way/to/file.txt', 24, '/usr/share/ver…/file.txt'],
  ['/a-name-that-does-not-fit-at-all', 12, '/a-name-tha…'],
  ['no-slash-at-all-in-here', 10, 'no-slash-…'],
])('cutPath(%j, %d) is %j', (path, width, cut) => {
  expect(cutPath(path, width)).toBe(cut);
  expect(stringWidth(cutPath(path, width))).toBeLessThanOrEqual(width);
});

test('plain text is cut to the width by characters, whatever the width', () => {
  for (const width of [1, 2, 5, 11, 12]) expect(cutToWidth('▸ some name', width)).toHaveLength(Math.min(width, 11));
  expect(cutToWidth('abc', 0)).toBe('…');
  expect(cutToWidth('x'.repeat(100_000), 4)).toBe('xxx…');
});

test('columns with nothing but a title can be left out', () => {
  const columns = ['a', 'b', 'c'].map((title) => ({ title, align: 'left' }) as const);
  const rows = [
    [{ text: '1' }, { text: '' }, { text: '' }],
    [{ text: '' }, { text: '' }, { text: '2' }],
  ];
  const table = withoutEmpty(columns, rows);
  expect(layTable(table.columns, table.rows, 80)).toEqual(['a  c', '1', '   2']);
});
