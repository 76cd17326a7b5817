import type { ContextNode } from '../context/context-tree.ts';

/** What counts of a node for a builder that hashes permissions and content: no times, no owners, no names. */
export function modeAndContent(node: ContextNode): string {
  switch (node.kind) {
    case 'file':
      return `file ${node.mode} ${node.content}`;
    case 'symlink':
      return `symlink ${node.target}`;
    case 'directory':
      return `directory ${node.mode}`;
  }
}
