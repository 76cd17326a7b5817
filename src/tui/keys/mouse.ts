import type { Input } from './key.ts';

/** Buttons of a mouse report, without the bits that say which modifiers were held. */
const buttons: Readonly<Record<number, 'left' | 'wheel-up' | 'wheel-down'>> = {
  0: 'left',
  64: 'wheel-up',
  65: 'wheel-down',
};

/** Shift, Meta and Control in the button of a report. */
const modifierBits = 4 | 8 | 16;

/**
 * What an SGR mouse report means (xterm's mode 1006: `\e[<button;column;rowM`, places from 1).
 * @param final `m` where a button was let go
 * @returns null for releases, drags and the buttons that do nothing here
 */
export function mouseInput(body: string, final: string): Input | null {
  const found = /^(\d{1,3});(\d{1,5});(\d{1,5})$/.exec(body);
  if (found === null || final !== 'M') return null;
  const [code = 0, column = 0, row = 0] = found.slice(1).map(Number);
  const button = buttons[code & ~modifierBits];
  if (button === undefined || column < 1 || row < 1) return null;
  return { kind: 'mouse', button, column: column - 1, row: row - 1 };
}
