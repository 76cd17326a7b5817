import { describe, expect, test } from 'vitest';
import { describeContent } from '../../../src/tui/file/describe-content.ts';
import { decodeText } from '../../../src/tui/file/text-encoding.ts';
import { contentOf } from './content-of.ts';

const little = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const big = (text: string): Buffer => Buffer.from(little(text)).swap16();

/** The text and how it is written, or null. */
function decoded(bytes: Buffer, sizeBytes = bytes.length): [encoding: string, text: string] | null {
  const found = decodeText(bytes, sizeBytes);
  return found === null ? null : [found.encoding, Buffer.from(found.bytes).toString('utf8')];
}

describe('bytes that are text', () => {
  test.each([
    ['nothing', Buffer.alloc(0), ['UTF-8', '']],
    ['ASCII', Buffer.from('abc'), ['UTF-8', 'abc']],
    ['UTF-8', Buffer.from('é漢👍'), ['UTF-8', 'é漢👍']],
    ['UTF-8 with its mark', Buffer.from('\ufeffabc'), ['UTF-8', 'abc']],
    ['UTF-16 of one order', little('é漢👍'), ['UTF-16LE', 'é漢👍']],
    ['UTF-16 of the other', big('é漢👍'), ['UTF-16BE', 'é漢👍']],
    ['escape sequences', Buffer.from('\u001b[2J'), ['UTF-8', '\u001b[2J']],
  ] as const)('%s', (_, bytes, found) => expect(decoded(bytes)).toEqual(found));
});

describe('bytes that are not', () => {
  test.each([
    ['a NUL', Buffer.from('a\0b')],
    ['ISO 8859-1', Buffer.from('café', 'latin1')],
    ['a cut character', Buffer.from('漢').subarray(0, 2)],
    ['UTF-16 with half a unit', little('ab').subarray(0, 5)],
    ['UTF-16 with half a pair', little('👍').subarray(0, 4)],
    ['UTF-16 with a NUL', little('a\0')],
    ['UTF-32', Buffer.from('fffe000061000000', 'hex')],
  ] as const)('%s', (_, bytes) => expect(decoded(bytes)).toBeNull());
});

test.each([
  ['a漢', 2, 'a'],
  ['a漢', 3, 'a'],
  ['a漢', 4, 'a漢'],
  ['a👍', 4, 'a'],
  ['aé', 2, 'a'],
])('the first part of %s, %i bytes, is text up to the last whole character', (text, length, shown) => {
  expect(decoded(Buffer.from(text).subarray(0, length), 100)).toEqual(['UTF-8', shown]);
});

test.each([5, 6, 7])('the first %i bytes of UTF-16 are text up to the last whole character', (length) => {
  expect(decoded(little('a👍b').subarray(0, length), 100)).toEqual(['UTF-16LE', 'a']);
});

describe('a content in words', () => {
  test.each([
    [contentOf(''), 'empty'],
    [contentOf('a\nb'), 'text, 2 lines, 3 B'],
    [contentOf('a\r\n'), 'text, CRLF, 1 line, 3 B'],
    [contentOf(little('a\n')), 'text, UTF-16LE, 1 line, 6 B'],
    [contentOf('abc', 5_000_000), 'text, 5.0 MB, first 3 B'],
    [contentOf(Buffer.from([0, 1])), 'binary, 2 B'],
    [{ ...contentOf(Buffer.from([0, 1])), format: 'PNG image' }, 'PNG image, 2 B'],
    [{ ...contentOf('<a/>'), format: 'XML' }, 'XML, 1 line, 4 B'],
  ])('%#', (content, words) => expect(describeContent(content)).toBe(words));
});
