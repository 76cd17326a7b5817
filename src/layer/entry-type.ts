/** What an entry is, in the words of the JSON listing. A column stores the position in this list. */
export const entryTypes = ['file', 'dir', 'symlink', 'hardlink', 'char', 'block', 'fifo'] as const;

export type EntryTypeName = (typeof entryTypes)[number];

/** Column codes of the entry types. */
export const EntryType = { file: 0, dir: 1, symlink: 2, hardlink: 3, char: 4, block: 5, fifo: 6 } as const;

export type EntryTypeCode = (typeof EntryType)[EntryTypeName];

export function entryTypeName(code: number): EntryTypeName {
  const name = entryTypes[code];
  if (name === undefined) throw new RangeError(`entry type ${code}`);
  return name;
}
