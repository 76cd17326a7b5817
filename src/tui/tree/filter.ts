import { root } from '../../filesystem/file-tree.ts';
import type { FileTree } from '../../filesystem/file-tree.ts';
import { type ByteString, encodeText } from '../../text/byte-string.ts';

/** Finds paths by what a user typed. */
export interface Filter {
  readonly pattern: string;
  /** Whether a node's path fits; its parents need not. */
  readonly fits: (tree: FileTree, node: number) => boolean;
  /** Whether every path that fits a longer pattern fits this one: then the longer one need not look at the others. */
  readonly narrows: (longer: string) => boolean;
}

const globSigns = /[*?[]/;

/**
 * A part of a name (`ssl`), of a path where there is a slash in it (`lib/ssl`), or a glob for a whole name or path, with
 * `*`, `?`, `[a-z]`, and `**` for any directories. Upper and lower case are the same unless the pattern has an upper-case
 * letter.
 */
export function createFilter(pattern: string): Filter {
  const ignoreCase = !/\p{Lu}/u.test(pattern);
  const fits = globSigns.test(pattern) ? globTest(pattern, ignoreCase) : partTest(pattern, ignoreCase);
  // With a slash it is another name that has to fit.
  const plain = (text: string): boolean => !globSigns.test(text) && !text.includes('/');
  return { pattern, fits, narrows: (longer) => plain(pattern) && plain(longer) && longer.includes(pattern) };
}

/**
 * A part with a slash: the node's name starts with what follows the last one, the names above it are what stands between
 * slashes, and the topmost ends with the start of the pattern. Name by name, for putting a million paths together takes
 * half a second.
 */
function partTest(pattern: string, ignoreCase: boolean): Filter['fits'] {
  const parts = pattern.split('/').map((part) => literal(encodeText(part), ignoreCase));
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) {
    const part = toRegExp(last);
    return (tree, node) => part.test(tree.name(node));
  }
  const above = parts.slice(0, -1).map((part, at) => toRegExp(at === 0 ? `${part}$` : `^${part}$`));
  // `lib/` is whatever lies in such a directory, and so the directory itself.
  if (last === '') return (tree, node) => endsWithNames(tree, node, above);
  const start = toRegExp(`^${last}`);
  return (tree, node) => start.test(tree.name(node)) && endsWithNames(tree, tree.parent(node), above);
}

/** Whether a path ends with these names, of which the first may be the end of one. */
function endsWithNames(tree: FileTree, node: number, names: readonly RegExp[]): boolean {
  let at = node;
  for (let place = names.length - 1; place > 0; place--) {
    // The root has no name that could be in a pattern.
    if (at === root || names[place]?.test(tree.name(at)) !== true) return false;
    at = tree.parent(at);
  }
  return names[0]?.test(tree.name(at)) === true;
}

function globTest(pattern: string, ignoreCase: boolean): Filter['fits'] {
  // What is below a directory that fits is shown anyway.
  const glob = encodeText(pattern).replace(/(?:\/\*\*)+\/?$/, '');
  const slash = glob.lastIndexOf('/');
  const name = nameTest(glob.slice(slash + 1), ignoreCase);
  if (slash === -1) return (tree, node) => name.test(tree.name(node));
  const anchor = glob.startsWith('/') ? '^' : '(?:^|/)';
  const whole = toRegExp(`${anchor}${globSource(glob, ignoreCase)}$`);
  // The name first: putting a path together is what costs.
  return (tree, node) => name.test(tree.name(node)) && whole.test(tree.path(node));
}

/** Stars at either end say that anything may be there: looking for the rest alone is what RegExp does fastest. */
function nameTest(glob: ByteString, ignoreCase: boolean): RegExp {
  const start = glob.startsWith('*') ? '' : '^';
  const end = glob.endsWith('*') ? '' : '$';
  return toRegExp(`${start}${globSource(glob.replace(/^\*+|\*+$/g, ''), ignoreCase)}${end}`);
}

/** Two stars and a slash are any directories; one star, `?` and a class stay within a name. */
function globSource(glob: ByteString, ignoreCase: boolean): string {
  return glob.replaceAll(/\*\*\/|\*+|\?|\[[!^]?[^\]/]+\]|[^*?[]+|\[/g, (part) => {
    if (part === '**/') return '(?:[^/]*/)*';
    if (part === '**') return '.*';
    if (part.startsWith('*')) return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.startsWith('[') && part.endsWith(']')) return classSource(part, ignoreCase);
    return literal(part, ignoreCase);
  });
}

function classSource(part: string, ignoreCase: boolean): string {
  const not = /^\[[!^]/.test(part) ? '^' : '';
  const members = part.slice(not === '' ? 1 : 2, -1).replaceAll(/[\\^\]]/g, '\\$&');
  return `[${not}${ignoreCase ? members + members.toUpperCase() : members}]`;
}

/** Letters of ASCII in both cases where case does not matter; a byte of any other letter is only itself. */
function literal(text: ByteString, ignoreCase: boolean): string {
  return text.replaceAll(/[a-zA-Z]|[^a-zA-Z0-9]/g, (sign) => {
    if (/[a-zA-Z]/.test(sign)) return ignoreCase ? `[${sign.toLowerCase()}${sign.toUpperCase()}]` : sign;
    return /[\u0080-\u00ff]/.test(sign) ? sign : `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

function toRegExp(source: string): RegExp {
  try {
    return new RegExp(source, 's');
  } catch {
    // A class such as [z-a]: nothing is in it.
    return /(?!)/;
  }
}
