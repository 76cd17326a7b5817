import { createHash } from 'node:crypto';
import type { DirectoryNode } from '../../context/context-tree.ts';
import { followLinks } from '../../context/follow-links.ts';
import { type LinkRules, type Selected, selectSource } from '../../context/select-source.ts';
import { TreeDigest } from '../../context/tree-digest.ts';
import type { KeyPart } from '../keyed-step.ts';
import { modeAndContent } from '../mode-and-content.ts';
import type { ContextFiles } from './planned-step.ts';

/**
 * Digests as BuildKit's contenthash makes them: permissions and content, names inside a directory, no times, and no owners,
 * for the client sends all files as root's.
 */
const digests = new TreeDigest(modeAndContent);

/** A link that a source names is followed, but what `--exclude` leaves out of other directories stays in its target. */
export const keepingLinks: LinkRules = { named: 'kept', beforeWildcard: 'followed' };

/** The context as it is hashed: its own permissions are no part of it. */
export function hashedContext(context: DirectoryNode): DirectoryNode {
  return { ...context, mode: 0o755 };
}

/** The part that files of the context are in a key; null stands for a context that is not known. */
export function contentPart(context: DirectoryNode | null, files: ContextFiles): KeyPart {
  const { name, label, source } = files;
  if (context === null) return { kind: 'content', name, value: `${label} unknown ${source}`, selected: [], from: null };
  const selected = select(context, files);
  return { kind: 'content', name, value: `${label} ${digestOf(selected, files)}`, selected, from: null };
}

/** A pattern's matches are hashed with their names behind the last part before the wildcards; what is named, without. */
function digestOf(selected: readonly Selected[], { pattern }: ContextFiles): string {
  if (pattern === null) return selected.map(({ node }) => digests.of(node)).join(' ');
  const matches = selected.map(({ name, node }) => `${name.slice(pattern.uncounted)}\0${digests.of(node)}`);
  return createHash('sha256').update(matches.join('\0')).digest('hex');
}

function select(context: DirectoryNode, { source, pattern, filter }: ContextFiles): readonly Selected[] {
  if (pattern === null && filter === null) return follow(context, { name: source, path: source });
  const named = pattern === null ? selectSource(context, source, keepingLinks) : pattern.selector.of(context);
  return named.flatMap((each) => {
    if (each.node.kind === 'symlink') return follow(context, each);
    if (each.node.kind === 'file' || filter === null) return [each];
    return [{ ...each, node: filter.of(each.node) }];
  });
}

function follow(context: DirectoryNode, { name, path }: Pick<Selected, 'name' | 'path'>): readonly Selected[] {
  const found = followLinks(context, path, 'followed');
  return found === null ? [] : [{ name, ...found }];
}
