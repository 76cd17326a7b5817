import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sanitize } from '../../src/text/sanitize.ts';

describe('sanitize', () => {
  test.each([
    ['plain text', 'plain text'],
    ['café 日本 🐋', 'café 日本 🐋'],
    ['back\\slash', 'back\\slash'],
    ['new\nline', 'new\\nline'],
    ['tab\tcr\r', 'tab\\tcr\\r'],
    ['\u001b[31mred\u001b[0m', '\\e[31mred\\e[0m'],
    ['\u001b]0;title\u0007', '\\e]0;title\\x07'],
    ['nul\0del\u007f', 'nul\\x00del\\x7f'],
    ['c1\u009b31m', 'c1\\x9b31m'],
    ['\u202etxt.exe', '\\u202etxt.exe'],
    ['iso\u2066late', 'iso\\u2066late'],
    ['zero\u200bwidth', 'zero\\u200bwidth'],
    ['line\u2028para\u2029', 'line\\u2028para\\u2029'],
    ['\ufeffbom', '\\ufeffbom'],
    ['soft\u00adhyphen', 'soft\\xadhyphen'],
    ['lone\ud800', 'lone\\ud800'],
    ['lone\udc00', 'lone\\udc00'],
    ['tag\u{e0041}', 'tag\\udb40\\udc41'],
    ['replaced\ufffd', 'replaced\ufffd'],
  ])('%j is %j', (text, shown) => {
    expect(sanitize(text)).toBe(shown);
  });

  test('lets nothing through that a terminal acts on or that reorders text', () => {
    const hostile = fc.string({
      unit: fc.oneof(
        fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
        fc.constantFrom('\u001b', '\u202e', '\u2067', '\u200f', '\u009b', '\udb40', '\udc01', '\u061c', 'a'),
      ),
    });
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = sanitize(text);
        expect(shown).not.toMatch(/\p{Cc}|\p{Bidi_Control}|\p{Zl}|\p{Zp}|\p{Cs}/u);
        expect(sanitize(shown)).toBe(shown);
      }),
      { numRuns: 1000 },
    );
  });
});
