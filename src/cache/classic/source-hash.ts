import { createHash } from 'node:crypto';
import type { ContextNode, DirectoryNode } from '../../context/context-tree.ts';
import { followLinks } from '../../context/follow-links.ts';

/**
 * The hash of a source (moby, builder/dockerfile/copy.go): each file and directory with its path in the context, its mode
 * and its content. A link inside a directory counts as what it points to, its own name not at all; one that leads nowhere
 * is its own path.
 */
export function sourceHash(context: DirectoryNode, path: string, node: ContextNode): string {
  if (node.kind !== 'directory') return `file:${headerHash(path, node)}`;
  const { digest, links } = placedTree(path, node);
  const targets = links.map((link) => linkHash(context, link)).sort();
  return `dir:${hashOf([digest, ...targets])}`;
}

function linkHash(context: DirectoryNode, link: string): string {
  const target = followLinks(context, link, 'followed');
  return target === null || target.path === '' ? link : headerHash(target.path, target.node);
}

/** A tree at a place of the context. */
interface PlacedTree {
  /** Of all but links. */
  readonly digest: string;
  /** Paths. */
  readonly links: readonly string[];
}

/** By tree and by path, as the same tree may stand in two places: a new context costs what is new in it. */
const known = new WeakMap<ContextNode, Map<string, PlacedTree>>();

function placedTree(path: string, node: ContextNode): PlacedTree {
  const byPath = known.get(node) ?? new Map<string, PlacedTree>();
  const found = byPath.get(path);
  if (found !== undefined) return found;
  const made = place(path, node);
  known.set(node, byPath.set(path, made));
  return made;
}

function place(path: string, node: ContextNode): PlacedTree {
  if (node.kind === 'symlink') return { digest: '', links: [path] };
  // The context itself has no header.
  const own = path === '' ? '' : headerHash(path, node);
  if (node.kind === 'file') return { digest: own, links: [] };
  const names = [...node.children.keys()].sort();
  const below = names.flatMap((name): PlacedTree[] => {
    const child = node.children.get(name);
    return child === undefined ? [] : [placedTree(path === '' ? name : `${path}/${name}`, child)];
  });
  const digests = below.map(({ digest }) => digest).filter((digest) => digest !== '');
  return { digest: hashOf([own, ...digests]), links: below.flatMap(({ links }) => links) };
}

function headerHash(path: string, node: ContextNode): string {
  switch (node.kind) {
    case 'file':
      return hashOf([path, 'file', String(node.mode), node.content]);
    case 'directory':
      return hashOf([path, 'directory', String(node.mode)]);
    case 'symlink':
      return hashOf([path, 'symlink', node.target]);
  }
}

function hashOf(values: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}
