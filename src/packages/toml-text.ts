/**
 * A TOML file, looked at line by line: whether some table or key may be in it. Never wrong about what is not there: a file
 * that could hide a key (an escape in a quoted key, a string over several lines) is not readable.
 */
export interface TomlText {
  /** Table headers as written, without brackets and spaces. */
  readonly tables: ReadonlySet<string>;
  /** The first line that has a key of this name, also inside of an inline table; null where none has. */
  readonly lineOf: (key: string) => string | null;
}

/** Null where it is not told what is in the file. */
export function readTomlText(text: string): TomlText | null {
  if (/"""|'''/.test(text) || text.length > 1_000_000) return null;
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  // A key may be written "\u0070ath".
  if (lines.some((line) => /\\[uUx]/.test(line))) return null;
  const tables = new Set(
    lines.flatMap((line) => {
      const name = /^\[\[?([^\]]+)\]/.exec(line)?.[1];
      return name === undefined || (line.includes('"]') && line.startsWith('["'))
        ? []
        : [name.replaceAll(/[\s"']/g, '')];
    }),
  );
  return {
    tables,
    lineOf: (key) => lines.find((line) => hasKey(line, key)) ?? null,
  };
}

/** `key =`, `"key" =`, `a.key =`, `{ key =`, `[a.key]`. */
function hasKey(line: string, key: string): boolean {
  for (let at = line.indexOf(key); at !== -1; at = line.indexOf(key, at + 1)) {
    const before = line.charAt(at - 1);
    const after = line.slice(at + key.length, at + key.length + 50);
    if (/^["']?\s*[=.\]]/.test(after) && (before === '' || /[\s"'.,{[]/.test(before))) return true;
  }
  return false;
}
