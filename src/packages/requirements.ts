import type { InstallPlace } from './install-step.ts';

/** All requirements and constraints files that some of them name, themselves included; or why something else is read. */
export type Requirements = { readonly files: readonly string[] } | { readonly reason: string };

/** Files that include files: more are nobody's. */
const mostFiles = 64;

/** Options that stand for themselves, with what follows them (pip.pypa.io: requirements file format). */
const harmless =
  /^(?:--(?:extra-)?index-url|-i|--no-index|--pre|--prefer-binary|--no-binary|--only-binary|--require-hashes|--trusted-host|--use-feature|--hash)(?:[\s=]|$)/;

/** Follows `-r` and `-c` from file to file. Paths are relative to the file that has them. */
export function requirementFiles(first: readonly string[], { textOf, kindOf }: InstallPlace): Requirements {
  const files = new Set<string>();
  const left = [...first];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const path = cleanRelative(next);
    if (path === null) return { reason: `${next}: lies outside of the working directory` };
    if (files.has(path)) continue;
    const text = kindOf(path) === 'file' ? textOf(path) : null;
    if (text === null) return { reason: `${path}: cannot be read in the context` };
    files.add(path);
    if (files.size > mostFiles) return { reason: `${path}: more than ${mostFiles} files include each other` };
    for (const line of logicalLines(text)) {
      const included = /^(?:-r|-c|--requirement|--constraint)[\s=]*(\S+)$/.exec(line)?.[1];
      if (included !== undefined) left.push(joined(path, included));
      else if (!harmless.test(line) && !isFromIndex(line))
        return { reason: `${path}: ${line.slice(0, 80)} may be files of the project` };
    }
  }
  return { files: [...files].sort() };
}

/** Comments gone, continued lines joined, blank ones left out. */
function logicalLines(text: string): string[] {
  return text
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) =>
      line
        .slice(0, 10_000)
        .replace(/(?:^|\s)#.*$/, '')
        .trim(),
    )
    .filter((line) => line !== '');
}

/** `name[extra]==1.0 ; marker`, or `name @ https://…`: nothing that could be a path. */
function isFromIndex(requirement: string): boolean {
  const [, rest = ''] = /^[A-Za-z0-9][A-Za-z0-9._-]*(?:\s*\[[\w\s.,-]*\])?\s*(.*)$/.exec(requirement) ?? [];
  if (
    !/^[A-Za-z0-9][A-Za-z0-9._-]*/.test(requirement) ||
    /\.(?:whl|zip|tar|tgz|gz|bz2|xz)$/.test(requirement.split(/[\s;]/, 1)[0] ?? '')
  )
    return false;
  if (rest.startsWith('@')) return /^@\s*(?:https?|git\+https?|git\+ssh):\/\//.test(rest);
  return rest === '' || /^[=<>!~;(-]/.test(rest);
}

function joined(from: string, path: string): string {
  const slash = from.lastIndexOf('/');
  return path.startsWith('/') || slash === -1 ? path : `${from.slice(0, slash)}/${path}`;
}

/** Null for what leads out of the working directory, or is no path of a file. */
function cleanRelative(path: string): string | null {
  if (path.startsWith('/') || path.includes('://') || path.includes('$')) return null;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.pop() === undefined) return null;
    else if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return parts.length === 0 ? null : parts.join('/');
}
