import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TocJson } from '../../../src/layer/toc/toc-json.ts';

/** The entries of a table that comes in chunks of a size. */
function parse(text: string, chunkSize: number): unknown[] {
  const json = new TocJson((reason) => new Error(reason));
  const bytes = Buffer.from(text);
  const entries: unknown[] = [];
  for (let at = 0; at < bytes.length; at += chunkSize) entries.push(...json.push(bytes.subarray(at, at + chunkSize)));
  json.finish();
  return entries;
}

test('entries are those that JSON.parse finds, however they are written and cut', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('{"', '\\"}', ']', '"entries":[{', '\\', 'ü€😀'));
  const value = fc.oneof(text, fc.integer(), fc.constant(null), fc.dictionary(text, text), fc.array(fc.integer()));
  const entries = fc.array(fc.dictionary(text, value), { maxLength: 8 });
  const indents = fc.constantFrom(undefined, '\t', 2);
  fc.assert(
    fc.property(
      entries,
      text,
      indents,
      fc.boolean(),
      fc.integer({ min: 1, max: 200 }),
      (list, more, indent, last, size) => {
        const table = last ? { version: 1, more: { more }, entries: list } : { entries: list, more, version: 1 };
        const written = JSON.stringify(table, null, indent);
        const { entries: expected } = JSON.parse(written) as { entries: unknown[] };
        expect(parse(written, size)).toEqual(expected);
      },
    ),
  );
});

test('an entry is given as soon as it is complete', () => {
  const json = new TocJson((reason) => new Error(reason));
  expect([...json.push(Buffer.from('{"version":1,"entries":[{"name":"a"},{"na'))]).toEqual([{ name: 'a' }]);
  expect([...json.push(Buffer.from('me":"b"'))]).toEqual([]);
  expect([...json.push(Buffer.from('}'))]).toEqual([{ name: 'b' }]);
  expect(() => json.finish()).toThrow('it is not JSON');
});
