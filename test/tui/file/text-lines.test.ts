import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { fileText } from '../../../src/tui/file/file-text.ts';
import { indexLines, lineCount } from '../../../src/tui/file/line-index.ts';
import { searchText } from '../../../src/tui/file/search.ts';
import { placeInText, textLine, textLines, type TextView } from '../../../src/tui/file/text-lines.ts';
import { contentOf, marked, plainText } from './content-of.ts';

const view = (width: number, scrollX = 0): TextView => ({ width, scrollX, matches: null });

/** All lines of a text, as wide as they are. */
function linesOf(content: string | Buffer, width = 1000): string[] {
  const text = fileText(contentOf(content));
  return textLines(text, 0, lineCount(text), view(width)).map(plainText);
}

describe('lines', () => {
  test.each([
    ['', []],
    ['\n', ['1 ']],
    ['a', ['1 a']],
    ['a\nb\n', ['1 a', '2 b']],
    ['a\n\nb', ['1 a', '2 ', '3 b']],
    ['a\r\nb\r\n', ['1 a', '2 b']],
    ['a\rb\r', [String.raw`1 a\rb\r`]],
    ['\r\n\r\n', ['1 ', '2 ']],
  ])('of %j', (content, lines) => expect(linesOf(content)).toEqual(lines));

  test('have numbers as wide as the last one, set back', () => {
    const text = fileText(contentOf('x\n'.repeat(100)));
    expect(textLines(text, 8, 2, view(40)).map(marked)).toEqual(['[faint:  9 ]x', '[faint: 10 ]x']);
    expect(marked(textLine(text, 99, view(40)))).toBe('[faint:100 ]x');
  });

  test('are those in the window, and none beyond the end', () => {
    const text = fileText(contentOf('a\nb\nc\n'));
    expect(textLines(text, 1, 10, view(40)).map(plainText)).toEqual(['2 b', '3 c']);
    expect(textLines(text, 7, 10, view(40))).toEqual([]);
    expect(textLine(text, 3, view(40))).toEqual([]);
  });

  test('do without numbers where there is no room for both', () => {
    expect(linesOf('abcdefgh\n', 9)).toEqual(['abcdefgh']);
    expect(linesOf('abcdefgh\n', 10)).toEqual(['1 abcdefgh']);
  });

  test('are found once', () => {
    const content = contentOf('a');
    expect(fileText(content)).toBe(fileText(content));
  });
});

describe('what is cut', () => {
  test.each([
    ['abcdefghij', 8, 'abcdefg…'],
    ['abcdefgh', 8, 'abcdefgh'],
    ['漢字漢字', 8, '漢字漢字'],
    ['漢字漢字漢', 8, '漢字漢…'],
    ['a漢字漢字', 8, 'a漢字漢…'],
    ['👍👍👍👍👍', 8, '👍👍👍…'],
    ['🇩🇪🇫🇷🇮🇹🇪🇸🇵🇹', 8, '🇩🇪🇫🇷🇮🇹…'],
    [
      'e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301',
      8,
      'e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301',
    ],
    ['1234567\u001b', 8, '1234567…'],
    ['', 8, ''],
    ['abc', 1, '…'],
    ['漢', 1, '…'],
    ['abc', 0, ''],
  ])('%s at %i', (content, width, shown) => {
    expect(plainText(textLine(fileText(contentOf(content)), 0, view(width)))).toBe(shown);
  });

  test.each([
    ['abcdefghij', 3, 'defghij'],
    ['abcdefghijklm', 3, 'defghij…'],
    ['漢字漢字', 1, ' 字漢字'],
    ['漢字漢字', 2, '字漢字'],
    ['\tab', 3, '     ab'],
    ['\u001bab', 1, ' ab'],
    ['e\u0301a', 1, 'a'],
    ['abc', 3, ''],
    ['abc', 1e9, ''],
  ])('%j from column %i', (content, scrollX, shown) => {
    expect(plainText(textLine(fileText(contentOf(content)), 0, view(8, scrollX)))).toBe(shown);
  });
});

describe('what a terminal would act on', () => {
  test.each([
    ['\u001b[2J\u001b]0;title\u0007', String.raw`1 \e[2J\e]0;title\x07`],
    ['\u009b31m', String.raw`1 \x9b31m`],
    ['a\u202eb', String.raw`1 a\u202eb`],
    ['a\u0000b\u007f', String.raw`1 a\x00b\x7f`],
    ['👩\u200d🚀', String.raw`1 👩\u200d🚀`],
    // Marks without a base would be drawn over what is before them, a digit with them is wider than it says.
    ['\u0301a', String.raw`1 \u0301a`],
    ['\u0001\u0301', String.raw`1 \x01\u0301`],
    ['\u2060\ufe0f\u20e3', String.raw`1 \u2060\ufe0f\u20e3`],
    ['a\tb\t\tc', '1 a       b               c'],
    ['漢\tb', '1 漢      b'],
  ])('%j', (content, line) => expect(linesOf(content)).toEqual([line]));

  test('a letter under a heap of marks is taken apart', () => {
    expect(linesOf(`a${'\u0301'.repeat(40)}`)).toEqual([`1 a${String.raw`\u0301`.repeat(40)}`]);
  });
});

test('bytes that are not UTF-8 are shown as such', () => {
  const bytes = Buffer.from('caf\xe9 \xff\xc3', 'latin1');
  expect(linesOf(bytes)).toEqual([String.raw`1 caf\xe9 \xff\xc3`]);
  // A surrogate, an overlong slash, a cut character.
  expect(linesOf(Buffer.from([0xed, 0xa0, 0x80, 0xc0, 0xaf, 0xe6, 0xbc]))).toEqual([
    String.raw`1 \xed\xa0\x80\xc0\xaf\xe6\xbc`,
  ]);
});

describe('an endless line', () => {
  /** A text that counts how often its bytes are looked at, one by one; native searches of its whole are not counted. */
  function counted(size: number): { text: ReturnType<typeof fileText>; looks: () => number } {
    let looks = 0;
    const index = indexLines(Buffer.alloc(size, '0123456789'));
    const bytes = new Proxy(index.bytes, {
      get: (target, key) => {
        looks++;
        return Reflect.get(target, key, target) as unknown;
      },
    });
    return { text: { ...index, bytes, encoding: 'UTF-8', returns: 0 }, looks: () => looks };
  }

  test('costs what is shown of it', () => {
    const { text, looks } = counted(10_000_000);
    expect(plainText(textLine(text, 0, view(20)))).toBe('1 01234567890123456…');
    expect(looks()).toBeLessThan(60);
  });

  test('is gone through once to get to its end', () => {
    const size = 500_000;
    const { text, looks } = counted(size);
    expect(plainText(textLine(text, 0, view(20, size - 5)))).toBe('1 56789');
    const before = looks();
    expect(plainText(textLine(text, 0, view(20, size - 15)))).toBe('1 567890123456789');
    expect(looks() - before).toBeLessThan(3 * 4096);
  });
});

test('what was found is marked, wherever a line is cut', () => {
  const text = fileText(contentOf('one two\nTWO twofold two\n'));
  const matches = searchText(text, 'two');
  const shown = (width: number, scrollX: number): string[] =>
    textLines(text, 0, 2, { width, scrollX, matches }).map(marked);
  expect(shown(40, 0)).toEqual(['[faint:1 ]one [match:two]', '[faint:2 ][match:TWO] [match:two]fold [match:two]']);
  expect(shown(12, 5)).toEqual(['[faint:1 ][match:wo]', '[faint:2 ][match:wo]fold [match:two]']);
});

test('a place is found by its offset, and scrolled into sight', () => {
  const text = fileText(contentOf(`first\n${'漢'.repeat(5000)}x\nlast`));
  const sight = { width: 42, scrollX: 0 };
  expect(placeInText(text, 0, sight)).toEqual({ line: 0, scrollX: 0 });
  expect(placeInText(text, 6, sight)).toEqual({ line: 1, scrollX: 0 });
  const x = 6 + 15_000;
  expect(placeInText(text, x, sight)).toEqual({ line: 1, scrollX: 9990 });
  expect(placeInText(text, x, { width: 42, scrollX: 9990 })).toEqual({ line: 1, scrollX: 9990 });
  expect(placeInText(text, x, { width: 42, scrollX: 9995 })).toEqual({ line: 1, scrollX: 9995 });
  expect(plainText(textLine(text, 1, view(42, 9990)))).toBe('2 漢漢漢漢漢x');
  expect(placeInText(text, x + 2, sight)).toEqual({ line: 2, scrollX: 0 });
});

/** Characters that have to do with each other, or hide, or are wide. */
const characters =
  'a 1 # \t 漢 é \u0301 \ufe0f \u20e3 \u200d 👩 🚀 🏽 🇩 🇪 \u0600 \u1100 \u1161 \u11a8 \u0e33 \u0915 \u094d \u001b';
const trouble = fc.constantFrom(...characters.split(' '), '\u2060', '\uff21', '\uffff', '\u{e0067}');

test('no row is wider than it may be, nor has anything in it that a terminal acts on', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(trouble, { maxLength: 60 }).map((all) => Buffer.from(all.join(''))),
        fc.uint8Array({ maxLength: 60 }),
      ),
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 60 }),
      (bytes, width, scrollX) => {
        const content = contentOf(Buffer.from(bytes));
        const [line = []] = textLines(fileText(content), 0, 1, view(width, scrollX));
        const shown = plainText(line);
        expect(stringWidth(shown)).toBeLessThanOrEqual(width);
        expect(shown).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Cs}]/u);
      },
    ),
    { numRuns: 2000 },
  );
});
