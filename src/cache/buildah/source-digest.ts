import { createHash } from 'node:crypto';
import { type ContextNode, type DirectoryNode, nodeAt } from '../../context/context-tree.ts';
import { TreeDigest } from '../../context/tree-digest.ts';

/**
 * The digest of a source as it is put in place (buildah, add.go and digester.go): of a directory what is in it, not its own
 * mode; of a file its name, where it keeps that. Setuid and setgid are taken off, and `--chmod` replaces modes first.
 *
 * @param chmod as written, variables expanded; null where there is none
 */
export function sourceDigest(node: ContextNode, name: string, chmod: string | null): string {
  const digests = digestsWith(chmod);
  return node.kind === 'directory' ? `dir:${digests.below(node)}` : `file:${hashOf(name, digests.tree.of(node))}`;
}

/** The same under `--parents`, which puts the directories above in place, too: those behind `/./` if there is one. */
export function digestWithParents(context: DirectoryNode, path: string, chmod: string | null): string {
  const names = path.split('/');
  const nodes = names.map((_, at) => nodeAt(context, names.slice(0, at + 1).join('/')));
  const headers = nodes.map((node) => (node === null ? '' : headerOf(node, chmod)));
  const last = nodes.at(-1) ?? null;
  return hashOf(path, ...headers.slice(0, -1), last === null ? '' : digestsWith(chmod).tree.of(last));
}

interface Digests {
  readonly tree: TreeDigest;
  readonly below: (directory: DirectoryNode) => string;
}

const byMode = new Map<string | null, Digests>();

function digestsWith(chmod: string | null): Digests {
  const found = byMode.get(chmod);
  if (found !== undefined) return found;
  const tree = new TreeDigest((node) => headerOf(node, chmod));
  const known = new WeakMap<DirectoryNode, string>();
  const below = (directory: DirectoryNode): string => {
    const before = known.get(directory);
    if (before !== undefined) return before;
    const digest = hashOf(...[...directory.children].map(([name, child]) => `${name}\0${tree.of(child)}`).sort());
    known.set(directory, digest);
    return digest;
  };
  const made = { tree, below };
  byMode.set(chmod, made);
  return made;
}

function headerOf(node: ContextNode, chmod: string | null): string {
  if (node.kind === 'symlink') return `symlink ${node.target}`;
  const mode = modeOf(node.mode, chmod);
  return node.kind === 'directory' ? `directory ${mode}` : `file ${mode} ${node.content}`;
}

function modeOf(mode: number, chmod: string | null): string {
  const kept = chmod !== null && /^[0-7]{1,6}$/.test(chmod) ? Number.parseInt(chmod, 8) : mode & ~setIds;
  return kept.toString(8);
}

const setIds = 0o6000;

function hashOf(...values: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}
