/** A file of a build context. What git calls a submodule is one, too, where only its commit is known. */
export interface FileNode {
  readonly kind: 'file';
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  /** Same string, same bytes; nothing else can be read from it. */
  readonly content: string;
}

export interface SymlinkNode {
  readonly kind: 'symlink';
  readonly target: string;
}

export interface DirectoryNode {
  readonly kind: 'directory';
  readonly mode: number;
  /** By name. */
  readonly children: ReadonlyMap<string, ContextNode>;
}

/**
 * A build context, or part of one. Trees never change: a change makes a new tree that shares whatever stayed as it was, so
 * that what was worked out for a subtree (a digest) holds for every tree that has it.
 */
export type ContextNode = FileNode | SymlinkNode | DirectoryNode;

/** What a path became; null where it is gone. */
export interface TreeChange {
  /** Relative to the context, `/`-separated, without a leading slash. */
  readonly path: string;
  readonly node: ContextNode | null;
}

export const emptyContext: DirectoryNode = { kind: 'directory', mode: 0o755, children: new Map() };

/**
 * The tree after some changes, in the order of their paths. Directories that a path needs and that are missing come into
 * being; those that a removal leaves empty stay, or go, as in git, which knows no directories.
 */
export function withChanges(
  tree: DirectoryNode,
  changes: readonly TreeChange[],
  emptied: 'stay' | 'go' = 'stay',
): DirectoryNode {
  const byName = new Map<string, TreeChange[]>();
  const children = new Map(tree.children);
  for (const { path, node } of changes) {
    const slash = path.indexOf('/');
    const name = slash === -1 ? path : path.slice(0, slash);
    if (slash === -1) {
      // What was said before of paths below is of something that is no longer there.
      byName.delete(name);
      if (node === null) children.delete(name);
      else children.set(name, node);
    } else {
      const below = byName.get(name);
      const change = { path: path.slice(slash + 1), node };
      if (below === undefined) byName.set(name, [change]);
      else below.push(change);
    }
  }
  for (const [name, below] of byName) {
    const child = children.get(name);
    const changed = withChanges(child?.kind === 'directory' ? child : emptyContext, below, emptied);
    if (changed.children.size > 0 || (emptied === 'stay' && child?.kind === 'directory')) children.set(name, changed);
    else if (child?.kind === 'directory') children.delete(name);
  }
  return { ...tree, children };
}

/** The node at a path, links not followed; null where there is none. `''` is the tree itself. */
export function nodeAt(tree: DirectoryNode, path: string): ContextNode | null {
  let node: ContextNode = tree;
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    const child: ContextNode | undefined = node.kind === 'directory' ? node.children.get(name) : undefined;
    if (child === undefined) return null;
    node = child;
  }
  return node;
}
