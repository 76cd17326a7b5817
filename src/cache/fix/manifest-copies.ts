import { type DirectoryNode, nodeAt } from '../../context/context-tree.ts';
import type { ContextCopy } from './copy-instruction.ts';

/**
 * The COPY lines for manifests, with the flags of the COPY that takes them in now; or why there are none.
 * @param root the directory of the context that the manifests' paths start from
 */
export function manifestCopies(
  manifests: readonly string[],
  { destination, flags }: ContextCopy,
  root: string,
  context: DirectoryNode,
): readonly string[] | string {
  const base = destination.endsWith('/') ? destination : `${destination}/`;
  const byTarget = new Map<string, string[]>();
  for (const path of manifests) {
    const source = root === '' ? path : `${root}/${path}`;
    // A space would end the word, and the others mean something else in a COPY.
    if (!/^[\w./@+-]+$/.test(source)) return `${source}: its name would have to be quoted`;
    const node = nodeAt(context, source);
    const slash = path.lastIndexOf('/');
    const directory = node?.kind === 'directory' ? path : path.slice(0, Math.max(0, slash));
    const odd = parentsOf(directory).find((each) => !isPlainDirectory(context, root === '' ? each : `${root}/${each}`));
    // The copy of a file makes its directories anew, as 0755; a later copy over them leaves their mode as it is.
    if (odd !== undefined) return `${odd}: a copy of single files would make this directory with mode 755`;
    const target = directory === '' ? base : `${base}${directory}/`;
    byTarget.set(target, [...(byTarget.get(target) ?? []), source]);
  }
  return [...byTarget].map(([target, sources]) => `COPY ${flags}${sources.join(' ')} ${target}`);
}

function parentsOf(directory: string): string[] {
  if (directory === '') return [];
  const parts = directory.split('/');
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

function isPlainDirectory(context: DirectoryNode, path: string): boolean {
  const node = nodeAt(context, path);
  return node?.kind === 'directory' && node.mode === 0o755;
}
