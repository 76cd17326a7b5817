import type { ContextNode, DirectoryNode } from '../../context/context-tree.ts';
import { followLinks } from '../../context/follow-links.ts';
import { cleanSource, type Selected, selectSource } from '../../context/select-source.ts';
import { hasWildcard } from '../../context/name-pattern.ts';
import { TreeDigest } from '../../context/tree-digest.ts';
import type { KeyPart } from '../keyed-step.ts';
import type { ContextFiles } from './planned-step.ts';

/**
 * Digests as BuildKit's contenthash makes them: permissions and content, names inside a directory, no times, and no owners,
 * for the client sends all files as root's.
 */
const digests = new TreeDigest(header);

function header(node: ContextNode): string {
  switch (node.kind) {
    case 'file':
      return `file ${node.mode} ${node.content}`;
    case 'symlink':
      return `symlink ${node.target}`;
    case 'directory':
      return `directory ${node.mode}`;
  }
}

/** The context as it is hashed: its own permissions are no part of it. */
export function hashedContext(context: DirectoryNode): DirectoryNode {
  return { ...context, mode: 0o755 };
}

/** The part that files of the context are in a key; null stands for a context that is not known. */
export function contentPart(context: DirectoryNode | null, files: ContextFiles): KeyPart {
  const { name, label, source } = files;
  if (context === null) return { kind: 'content', name, value: `${label} unknown ${source}`, selected: [], from: null };
  const selected = select(context, files);
  const value = `${label} ${selected.map((each) => valueOf(each, files)).join(' ')}`;
  return { kind: 'content', name, value, selected, from: null };
}

/** A pattern's matches are hashed with their names behind the last part before the wildcards; what is named, without. */
function valueOf({ name, node }: Selected, { source, reading }: ContextFiles): string {
  const digest = digests.of(node);
  if (reading === 'path' || !hasWildcard(source)) return digest;
  const parts = source.split('/');
  const before = parts.slice(0, parts.findIndex(hasWildcard)).join('/');
  return `${JSON.stringify(before === '' ? name : name.slice(before.length + 1))}:${digest}`;
}

/** `--exclude` leaves nothing out of what a link is followed to: the hash has it whole. */
function select(context: DirectoryNode, { source, reading, filter }: ContextFiles): readonly Selected[] {
  if (reading === 'path') return follow(context, { name: source, path: source });
  const kept = selectSource(context, source, { named: 'kept', beforeWildcard: 'followed' });
  return kept.flatMap((each) => {
    if (each.node.kind === 'symlink') return follow(context, each);
    if (each.node.kind === 'file' || filter === null) return [each];
    return [{ ...each, node: filter.of(each.node) }];
  });
}

function follow(context: DirectoryNode, { name, path }: Pick<Selected, 'name' | 'path'>): readonly Selected[] {
  const found = followLinks(context, cleanSource(path), 'followed');
  return found === null ? [] : [{ name, ...found }];
}
