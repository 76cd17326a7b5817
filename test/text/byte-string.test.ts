import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBytes, encodeText, isText, printable } from '../../src/text/byte-string.ts';

test('text comes back from its bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(decodeBytes(encodeText(text))).toBe(text);
      expect(isText(encodeText(text))).toBe(true);
    }),
  );
});

test('byte strings compare in byte order, as text does not', () => {
  const [fullwidth, emoji] = ['\uff5e', '\u{1f40b}'];
  expect(emoji < fullwidth).toBe(true);
  expect(encodeText(fullwidth) < encodeText(emoji)).toBe(true);
});

test.each([
  ['\xe9', '\ufffd', false],
  ['caf\xc3\xa9', 'café', true],
  ['cut\xc3', 'cut\ufffd', false],
  ['\xc0\xaf', '\ufffd\ufffd', false],
  ['', '', true],
])('%j is %j', (bytes, text, valid) => {
  expect(decodeBytes(bytes)).toBe(text);
  expect(isText(bytes)).toBe(valid);
});

test('what is printed is decoded, then sanitised', () => {
  expect(printable(encodeText('é\u202e\n'))).toBe('é\\u202e\\n');
  expect(printable('\xe9\x1b')).toBe('\ufffd\\e');
});
