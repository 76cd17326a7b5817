import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { StringReader, StringTableBuilder } from '../../src/layer/string-table.ts';

/** Any bytes, as the byte string they are. */
const byteString = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1'));

test('gives every distinct string a number and the string back', () => {
  fc.assert(
    fc.property(fc.array(byteString), (strings) => {
      const builder = new StringTableBuilder();
      const ids = strings.map((one) => builder.intern(one));
      const reader = new StringReader(builder.finish());
      expect(ids.map((id) => reader.get(id))).toEqual(strings);
      expect(new Set(ids).size).toBe(new Set(strings).size);
    }),
  );
});

test('the empty string is number 0', () => {
  const builder = new StringTableBuilder();
  builder.intern('a');
  expect(builder.intern('')).toBe(0);
  expect(new StringReader(builder.finish()).get(0)).toBe('');
});

test('grows beyond its first room, in strings and in bytes', () => {
  const builder = new StringTableBuilder();
  const strings = Array.from({ length: 10_000 }, (_, at) => `string ${at}`);
  const long = 'x'.repeat(200_000);
  const ids = [...strings, long].map((one) => builder.intern(one));
  const reader = new StringReader(builder.finish());
  expect(ids.map((id) => reader.get(id))).toEqual([...strings, long]);
});

test('finds the strings with a prefix, byte by byte', () => {
  const builder = new StringTableBuilder();
  for (const one of ['a', '.wh.a', '.wh', '.wh.', 'x.wh.y', '.wh.\xff']) builder.intern(one);
  const reader = new StringReader(builder.finish());
  expect(reader.startingWith('.wh.').map((id) => reader.get(id))).toEqual(['.wh.a', '.wh.', '.wh.\xff']);
  expect(reader.startingWith('\xff')).toEqual([]);
});
