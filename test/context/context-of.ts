import type { ContextNode, DirectoryNode } from '../../src/context/context-tree.ts';
import { emptyContext, withChanges } from '../../src/context/context-tree.ts';

/** A context of files by their paths; `-> target` is a link, all else is content, of mode 644. */
export function contextOf(files: Readonly<Record<string, string>>): DirectoryNode {
  return withChanges(
    emptyContext,
    Object.entries(files).map(([path, text]) => ({ path, node: nodeOf(text) })),
  );
}

function nodeOf(text: string): ContextNode {
  if (text.startsWith('-> ')) return { kind: 'symlink', target: text.slice(3) };
  return { kind: 'file', mode: 0o644, content: text };
}
