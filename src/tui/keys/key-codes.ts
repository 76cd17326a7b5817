import type { Input } from './key.ts';

/** The modifiers that were held; a terminal that tells none of a key tells that none was. */
export interface Modifiers {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

export const unmodified: Modifiers = { ctrl: false, alt: false, shift: false };

/** C0 controls that a key of its own sends; the others are a letter with Ctrl. */
const controlNames: Readonly<Record<number, string>> = {
  0x00: 'space',
  0x08: 'backspace',
  0x09: 'tab',
  // What a line feed is to a terminal that does not translate: scripts that send keys write it for Enter.
  0x0a: 'enter',
  0x0d: 'enter',
  0x1b: 'escape',
  0x7f: 'backspace',
};

/** A key that has a name, with its modifiers before it in the order of key.ts. It types nothing. */
export function namedKey(name: string, { ctrl, alt, shift }: Modifiers = unmodified): Input {
  return { kind: 'key', name: `${ctrl ? 'ctrl+' : ''}${alt ? 'alt+' : ''}${shift ? 'shift+' : ''}${name}`, text: '' };
}

/**
 * The key of one character, as it arrives or as CSI-u tells its code point.
 * @returns null for what no key sends: C1 controls, and bytes that were not UTF-8
 */
export function characterKey(character: string, modifiers: Modifiers = unmodified): Input | null {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return controlKey(code, modifiers);
  if (code < 0xa0 ? code > 0x7f : code === 0xfffd || isSurrogate(code)) return null;
  if (/\s/u.test(character)) return spaceKey(character, modifiers);
  const { ctrl, alt, shift } = modifiers;
  // A terminal cannot tell Ctrl-Shift-U from Ctrl-U unless it speaks CSI-u; both do the same everywhere.
  if (ctrl) return namedKey(character.toLowerCase(), { ctrl, alt, shift: false });
  const typed = shift ? shifted(character) : character;
  return alt ? namedKey(typed, { ctrl, alt, shift: false }) : { kind: 'key', name: typed, text: typed };
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/** The capital, where it is one character: that of `ß` is not. */
function shifted(character: string): string {
  const capital = character.toUpperCase();
  return capital.length === character.length ? capital : character;
}

function controlKey(code: number, { ctrl, alt, shift }: Modifiers): Input {
  const name = controlNames[code];
  if (name === undefined) return namedKey(String.fromCharCode(code + 0x40).toLowerCase(), { ctrl: true, alt, shift });
  // A null is Ctrl-Space.
  return namedKey(name, { ctrl: ctrl || code === 0, alt, shift });
}

/** The space bar: with Option or AltGr many layouts make it a no-break space, which types itself. */
function spaceKey(typed: string, { ctrl, alt, shift }: Modifiers): Input {
  return ctrl || alt ? namedKey('space', { ctrl, alt, shift }) : { kind: 'key', name: 'space', text: typed };
}
