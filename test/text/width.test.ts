import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { isPlain, textWidth } from '../../src/text/width.ts';

test('every plain character takes the one column that string-width gives it', () => {
  for (let code = 0; code < 0x10000; code++) {
    const character = String.fromCharCode(code);
    if (isPlain(character)) expect([code, stringWidth(character)]).toEqual([code, 1]);
  }
});

test.each([
  ['▸ src/', 6],
  ['a → b', 5],
  ['日本', 4],
  ['cafe\u0301', 4],
  ['👩‍👩‍👧‍👦', 2],
])('%j is %d columns wide', (text, width) => {
  expect(textWidth(text)).toBe(width);
});
