import type { ContextNode, DirectoryNode, FileNode } from '../../context/context-tree.ts';
import { contentOfBlob, contentOfCommit } from './content-name.ts';
import type { WorkTreeState } from './work-tree-state.ts';

export interface AsItWas {
  readonly tree: DirectoryNode;
  /** Paths that nobody knows anything about, so that they count as they are now: directories stand for all in them. */
  readonly unknown: readonly string[];
}

/**
 * Makes comparable what a commit has and what lies in the work tree now. Git keeps one bit of a mode, and nothing of what it
 * is told to ignore: the rest is taken from now.
 */
export function asItWas(now: DirectoryNode, then: DirectoryNode, { clean, ignored }: WorkTreeState): AsItWas {
  const unknown: string[] = [];

  /** Null where there was nothing. */
  const earlier = (path: string, here: ContextNode | undefined, there: ContextNode | undefined): ContextNode | null => {
    if (here !== undefined && there === undefined && ignored.has(path)) {
      unknown.push(path);
      return here;
    }
    switch (there?.kind) {
      case undefined:
        return here?.kind === 'directory' ? withoutNew(path, here) : null;
      case 'directory':
        return here?.kind === 'directory' ? merged(path, here, there) : there;
      case 'symlink':
        return there;
      case 'file':
        return here?.kind === 'directory' && isClean(path, there) ? here : fileThen(path, here, there);
    }
  };

  const merged = (path: string, here: DirectoryNode, there: DirectoryNode | null): DirectoryNode => {
    const children = new Map<string, ContextNode>();
    for (const name of new Set([...here.children.keys(), ...(there?.children.keys() ?? [])])) {
      const below = path === '' ? name : `${path}/${name}`;
      const child = earlier(below, here.children.get(name), there?.children.get(name));
      if (child !== null) children.set(name, child);
    }
    return { kind: 'directory', mode: here.mode, children };
  };

  /** A directory that git knew nothing of: it was there if it had something in it that git ignores, or is empty even now. */
  const withoutNew = (path: string, here: DirectoryNode): DirectoryNode | null => {
    const left = merged(path, here, null);
    return left.children.size > 0 || here.children.size === 0 ? left : null;
  };

  const fileThen = (path: string, here: ContextNode | undefined, there: FileNode): FileNode => {
    if (here?.kind !== 'file') return there;
    const executable = (mode: number): boolean => (mode & 0o100) !== 0;
    const mode = executable(here.mode) === executable(there.mode) ? here.mode : there.mode;
    return { kind: 'file', mode, content: isClean(path, there) ? here.content : there.content };
  };

  const isClean = (path: string, { content }: FileNode): boolean => {
    const id = clean.get(path);
    return id !== undefined && (content === contentOfBlob(id) || content === contentOfCommit(id));
  };

  return { tree: merged('', now, then), unknown };
}
