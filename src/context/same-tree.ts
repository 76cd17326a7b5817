import type { ContextNode } from './context-tree.ts';

/** Whether two trees have the same in them. What they share is not looked into. */
export function sameTree(one: ContextNode, other: ContextNode): boolean {
  if (one === other) return true;
  switch (one.kind) {
    case 'file':
      return other.kind === 'file' && one.mode === other.mode && one.content === other.content;
    case 'symlink':
      return other.kind === 'symlink' && one.target === other.target;
    case 'directory':
      return (
        other.kind === 'directory' &&
        one.mode === other.mode &&
        one.children.size === other.children.size &&
        [...one.children].every(([name, child]) => {
          const twin = other.children.get(name);
          return twin !== undefined && sameTree(child, twin);
        })
      );
  }
}
