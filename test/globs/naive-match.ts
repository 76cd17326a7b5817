/**
 * Whether a pattern fits a path or a directory above it, worked out from the words of docs/budgets.md alone, without a thought
 * for time. ASCII only.
 */
export function naiveMatch(glob: string, path: string): boolean {
  const parts = (glob.endsWith('/') ? `${glob}**` : glob).replace(/^\//, '').split('/');
  const names = path.slice(1).split('/');
  return names.some((_, at) => fits(parts, names.slice(0, at + 1)));
}

function fits([part, ...rest]: readonly string[], names: readonly string[]): boolean {
  if (part === undefined) return names.length === 0;
  if (part === '**') {
    if (rest.length === 0) return names.length > 0;
    return names.some((_, at) => fits(rest, names.slice(at)));
  }
  const [name, ...others] = names;
  return name !== undefined && new RegExp(`^${expression(part)}$`, 's').test(name) && fits(rest, others);
}

function expression(part: string): string {
  return part.replaceAll(/\\(.)|(\*)|(\?)|\[(\^?)([^\]]*)\]|(.)/g, (all, ...found: (string | undefined)[]) => {
    const [escaped, star, one, not, members, other] = found;
    if (star !== undefined) return '.*';
    if (one !== undefined) return '.';
    if (members !== undefined) return `[${not ?? ''}${members}]`;
    return `\\u{${(escaped ?? other ?? all).codePointAt(0)?.toString(16)}}`.replace(
      /\\u\{([0-9a-f]+)\}/,
      (_, hex: string) => `\\x${hex.padStart(2, '0')}`,
    );
  });
}
