import type { ContextNode, DirectoryNode } from './context-tree.ts';

/** Something of a context, and where it stands once all links on the way are followed. */
export interface Located {
  /** Without a leading slash; `''` is the context itself. */
  readonly path: string;
  readonly node: ContextNode;
}

/** What becomes of a link that a path ends in: what it points to is taken instead, or the link itself. */
export type LastLink = 'followed' | 'kept';

/** As many as BuildKit follows (cache/contenthash/path.go); a circle takes all of them. */
const mostLinks = 255;
/** Linux' longest path: a target beyond it is nobody's. */
const longestTarget = 4096;

/**
 * What a path leads to inside a context, links followed. Nothing leads out of it: `..` above the context is the context,
 * and an absolute target starts there. Null where there is nothing, or a circle of links.
 */
export function followLinks(tree: DirectoryNode, path: string, last: LastLink): Located | null {
  const ahead = namesOf(path).toReversed();
  const walked: { readonly name: string; readonly node: ContextNode }[] = [];
  let links = 0;
  for (;;) {
    const name = ahead.pop();
    if (name === undefined) break;
    if (name === '..') {
      walked.pop();
      continue;
    }
    const from = walked.at(-1)?.node ?? tree;
    const node = from.kind === 'directory' ? from.children.get(name) : undefined;
    if (node === undefined) return null;
    if (node.kind === 'symlink' && (last === 'followed' || ahead.length > 0)) {
      if (++links > mostLinks || node.target.length > longestTarget) return null;
      if (node.target.startsWith('/')) walked.length = 0;
      ahead.push(...namesOf(node.target).toReversed());
    } else walked.push({ name, node });
  }
  return { path: walked.map(({ name }) => name).join('/'), node: walked.at(-1)?.node ?? tree };
}

/** `.` and double slashes lead nowhere. */
function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}
