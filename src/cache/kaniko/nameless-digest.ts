import { createHash } from 'node:crypto';
import type { ContextNode } from '../../context/context-tree.ts';
import { modeAndContent } from '../mode-and-content.ts';

const known = new WeakMap<ContextNode, string>();

/**
 * The digest of a source (kaniko, pkg/executor/composite_cache.go): modes and content in the order of the names, but not the
 * names themselves. Links count as links.
 */
export function namelessDigest(node: ContextNode): string {
  const found = known.get(node);
  if (found !== undefined) return found;
  const hash = createHash('sha256').update(modeAndContent(node));
  if (node.kind === 'directory')
    for (const name of [...node.children.keys()].sort()) {
      const child = node.children.get(name);
      if (child !== undefined) hash.update(namelessDigest(child));
    }
  const digest = hash.digest('hex');
  known.set(node, digest);
  return digest;
}
