/** How people write the keys that have names. */
const labels: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  enter: 'Enter',
  tab: 'Tab',
  escape: 'Esc',
  space: 'Space',
  backspace: 'Backspace',
  delete: 'Del',
  insert: 'Ins',
};

/** A key as people write it: `↑`, `^u`, `PgUp`, `Shift-Tab`, `Alt-x`. @param name as in key.ts */
export function keyLabel(name: string): string {
  // A plus sign is a key itself, so the modifiers are taken off from the front.
  const [, ctrl, alt, shift, key = name] = /^(ctrl\+)?(alt\+)?(shift\+)?(.+)$/u.exec(name) ?? [];
  const isCharacter = /^.$/u.test(key);
  const before = ctrl === undefined ? '' : isCharacter && alt === undefined ? '^' : 'Ctrl-';
  const label = isCharacter ? key : (labels[key] ?? key.toUpperCase());
  return `${before}${alt === undefined ? '' : 'Alt-'}${shift === undefined ? '' : 'Shift-'}${label}`;
}
