import {
  type ContextNode,
  type DirectoryNode,
  emptyContext,
  type FileNode,
  withChanges,
} from '../../src/context/context-tree.ts';

export function file(content: string, mode = 0o644): FileNode {
  return { kind: 'file', mode, content };
}

/** A context with these in it, by path; a string is a file's content. */
export function tree(files: Readonly<Record<string, string | ContextNode>>): DirectoryNode {
  const changes = Object.entries(files).map(([path, content]) => ({
    path,
    node: typeof content === 'string' ? file(content) : content,
  }));
  return withChanges(emptyContext, changes);
}

/** All paths of a tree in order, directories with a slash at their end. */
export function paths(root: DirectoryNode, prefix = ''): string[] {
  return [...root.children.keys()].sort().flatMap((name) => {
    const node = root.children.get(name);
    const path = prefix + name;
    return node?.kind === 'directory' ? [`${path}/`, ...paths(node, `${path}/`)] : [path];
  });
}
