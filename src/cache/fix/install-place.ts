import { type DirectoryNode, nodeAt } from '../../context/context-tree.ts';
import type { InstallPlace, ReadText } from '../../packages/install-step.ts';

/** A directory of the context as the working directory of an install. @param root its path in the context; `''` is the context */
export function installPlace(
  context: DirectoryNode,
  root: string,
  textOf: ReadText,
  environment: ReadonlyMap<string, string | null>,
): InstallPlace {
  const inContext = (path: string): string => (root === '' ? path : `${root}/${path}`);
  return {
    textOf: (path) => (path.split('/').includes('..') ? null : textOf(inContext(path))),
    kindOf: (path) => (path.split('/').includes('..') ? null : (nodeAt(context, inContext(path))?.kind ?? null)),
    namesIn: (path) => {
      const node = nodeAt(context, inContext(path));
      return node?.kind === 'directory' ? [...node.children.keys()] : [];
    },
    environment,
  };
}
