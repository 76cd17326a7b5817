import type { Input } from './key.ts';
import { characterKey, type Modifiers, namedKey, unmodified } from './key-codes.ts';
import { mouseInput } from './mouse.ts';

/** Final bytes of CSI and SS3 sequences that are keys (xterm's ctlseqs, "PC-Style Function Keys"). */
const byFinal: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};

/** Numbers before `~`: the VT220's editing and function keys, and rxvt's and the Linux console's home and end. */
const byNumber: Readonly<Record<number, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

/** What rxvt puts in the place of `~`. */
const rxvtModifiers: Readonly<Record<string, Modifiers>> = {
  '^': { ...unmodified, ctrl: true },
  '@': { ...unmodified, ctrl: true, shift: true },
};

/**
 * The input that a whole CSI sequence means.
 * @param body what is between `\e[` and the final byte
 * @param alt whether another escape came before it, as some terminals say Alt
 * @returns null for what is no key, or none that is known
 */
export function csiInput(body: string, final: string, alt: boolean): Input | null {
  if (body.startsWith('<')) return mouseInput(body.slice(1), final);
  if (body === '[') return linuxFunctionKey(final);
  if (!/^[\d;:]*$/.test(body)) return null;
  const [first = '', second = ''] = body.split(';');
  const modifiers = modifiersOf(second, alt);
  if (modifiers === null) return null;
  const number = Number.parseInt(first, 10);
  if (final === 'u') return codePointKey(number, modifiers);
  if (final === 'Z') return namedKey('tab', { ...modifiers, shift: true });
  if (final === '~' && number === 27) return codePointKey(Number.parseInt(body.split(';')[2] ?? '', 10), modifiers);
  const name = final === '~' || final in rxvtModifiers ? byNumber[number] : number > 1 ? undefined : byFinal[final];
  if (name === undefined) return null;
  return namedKey(name, { ...modifiers, ...rxvtModifiers[final], ...(modifiers.alt ? { alt: true } : {}) });
}

/** The input that an SS3 sequence means: `\eOH`, `\eOP`, and `\eO5A` as old terminals say modifiers. */
export function ss3Input(body: string, final: string, alt: boolean): Input | null {
  if (!/^[\d;]*$/.test(body)) return null;
  const modifiers = modifiersOf(body.split(';').at(-1) ?? '', alt);
  const name = final === 'M' ? 'enter' : byFinal[final];
  return name === undefined || modifiers === null ? null : namedKey(name, modifiers);
}

/** F1 to F5 of the Linux console: `\e[[A` to `\e[[E`. */
function linuxFunctionKey(final: string): Input | null {
  const at = 'ABCDE'.indexOf(final);
  return at < 0 ? null : namedKey(`f${at + 1}`);
}

/**
 * Modifiers as xterm and CSI-u write them: 1 plus a bit each, then `:` and the kind of event.
 * @returns null where the key was released, or where Super, Hyper or Meta was held: those belong to the desktop
 */
function modifiersOf(parameter: string, alt: boolean): Modifiers | null {
  const [value = '', event = ''] = parameter.split(':');
  const bits = value === '' ? 0 : Number.parseInt(value, 10) - 1;
  if (!(bits >= 0) || (bits & 0b111000) !== 0 || event === '3') return null;
  return { shift: (bits & 1) !== 0, alt: alt || (bits & 2) !== 0, ctrl: (bits & 4) !== 0 };
}

/** The key of a code point: CSI-u, and xterm's modifyOtherKeys. */
function codePointKey(code: number, modifiers: Modifiers): Input | null {
  // Above are the keys that kitty keeps in a private area, and what is no character.
  if (!(code >= 0 && code <= 0x10ffff) || (code >= 0xd800 && code <= 0xf8ff)) return null;
  return characterKey(String.fromCodePoint(code), modifiers);
}
