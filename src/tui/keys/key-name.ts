/** The names of keys that type nothing, and of the space bar (key.ts). */
const named =
  'up|down|left|right|home|end|pageup|pagedown|enter|tab|escape|space|backspace|delete|insert|f[1-9]|f1[0-2]';

/**
 * Keys that an action may be bound to: what terminals send, as InputParser names it. The letters with Ctrl leave out
 * those below. The published schema has the same pattern.
 */
export const bindable = new RegExp(
  `^((ctrl\\+)?(alt\\+)?(shift\\+)?(${named})|(alt\\+)?[^\\s\\p{C}]|ctrl\\+(alt\\+)?[abdefgklnopqrstuvwxyz\\\\\\]^_])$`,
  'u',
);

/** Letters with Ctrl that terminals send as another key, or as the one that always quits. */
const taken: Readonly<Record<string, string>> = {
  'ctrl+c': 'always quits',
  'ctrl+h': 'is backspace to a terminal',
  'ctrl+i': 'is tab to a terminal',
  'ctrl+j': 'is enter to a terminal',
  'ctrl+m': 'is enter to a terminal',
  'ctrl+[': 'is escape to a terminal',
};

/** Why no action can be bound to a key. @returns null if one can */
export function refusal(name: string): string | null {
  if (bindable.test(name)) return null;
  const reserved = taken[name];
  if (reserved !== undefined) return `${name} is reserved, it ${reserved}`;
  const [, modifiers = '', letter = ''] = /^((?:\w+\+)*)(\p{L})$/u.exec(name) ?? [];
  if (modifiers === 'shift+') return `${name} is no key; write ${letter.toUpperCase()}`;
  if (letter !== letter.toLowerCase()) return `${name} is no key; write ${modifiers}${letter.toLowerCase()}`;
  return `${JSON.stringify(name)} is no key; keys are written like g, G, space, ctrl+u, shift+tab, pageup, f5`;
}
