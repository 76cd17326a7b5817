import type { PathFilter } from './path-filter.ts';
import type { ContextNode, DirectoryNode } from './context-tree.ts';

/**
 * Takes out of trees what an ignore file leaves out. A directory that is left out stays where something in it is brought
 * back. What has been worked out for a subtree is kept, so that the next tree of a history costs what is new in it.
 */
export class IgnoredTree {
  readonly #ignore: PathFilter;
  /** By subtree and by path, as the same subtree may stand in two places. */
  readonly #kept = new WeakMap<DirectoryNode, Map<string, DirectoryNode>>();

  /** Along a history the same paths are asked about for each commit. */
  readonly #ignored = new Map<string, boolean>();

  constructor(ignore: PathFilter) {
    this.#ignore = ignore;
  }

  of(tree: DirectoryNode): DirectoryNode {
    return this.#directory(tree, '');
  }

  #directory(tree: DirectoryNode, path: string): DirectoryNode {
    const known = this.#kept.get(tree)?.get(path);
    if (known !== undefined) return known;
    const children = new Map<string, ContextNode>();
    for (const [name, child] of tree.children) {
      const below = path === '' ? name : `${path}/${name}`;
      const ignored = this.#ignores(below);
      if (child.kind !== 'directory') {
        if (!ignored) children.set(name, child);
        continue;
      }
      if (ignored && this.#ignore.ignoresAll(below)) continue;
      const inside = this.#directory(child, below);
      if (!ignored || inside.children.size > 0) children.set(name, inside);
    }
    const same =
      children.size === tree.children.size && [...children].every(([name, node]) => tree.children.get(name) === node);
    const result = same ? tree : { ...tree, children };
    const byPath = this.#kept.get(tree) ?? new Map<string, DirectoryNode>();
    this.#kept.set(tree, byPath.set(path, result));
    return result;
  }

  #ignores(path: string): boolean {
    const known = this.#ignored.get(path);
    if (known !== undefined) return known;
    const ignored = this.#ignore.ignores(path);
    this.#ignored.set(path, ignored);
    return ignored;
  }
}
