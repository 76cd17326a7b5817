import { type Analysis, analyze } from '../src/analysis/analysis.ts';
import { Contents } from '../src/analysis/content.ts';
import { nodesBelow } from '../src/filesystem/find-path.ts';
import { root } from '../src/filesystem/file-tree.ts';
import { buildUnion, type Union } from '../src/filesystem/union.ts';
import { entryTypeName } from '../src/layer/entry-type.ts';
import type { ScannedLayer } from '../src/layer/scan-stream.ts';
import { scanPassing } from './scan-layer.ts';

/** Layers stacked, with all content hashed. */
export interface Stacked {
  readonly scanned: readonly ScannedLayer[];
  readonly union: Union;
  readonly contents: Contents;
}

export function stack(...tars: readonly Buffer[]): Stacked {
  const scanned = tars.map((tar) => scanPassing(tar));
  const union = buildUnion(scanned.map(({ index }) => index));
  const contents = new Contents(
    union.layers,
    scanned.map(({ digests }) => digests),
  );
  return { scanned, union, contents };
}

export function analyzed(...tars: readonly Buffer[]): Analysis {
  const { union, contents } = stack(...tars);
  return analyze(union, contents, []);
}

/**
 * The final filesystem, a word for each path: `dir`, `dir?` if no layer describes it, `symlink -> x`, `file 3@0` with
 * size and layer of the content, `fifo`, `hardlink -> x` if it links to nothing.
 */
export function treeOf({ tree, layers }: Union): Record<string, string> {
  const words: Record<string, string> = {};
  for (const node of nodesBelow(tree, root)) {
    const inode = tree.inode(node);
    const view = inode === null ? undefined : layers[inode.layer];
    const type = entryTypeName(tree.type(node));
    if (inode === null || view === undefined) words[tree.path(node)] = `${type}?`;
    else if (type === 'file') words[tree.path(node)] = `file ${view.size(inode.entry)}@${inode.layer}`;
    else words[tree.path(node)] = view.link(inode.entry) === '' ? type : `${type} -> ${view.link(inode.entry)}`;
  }
  return words;
}

/** Codes of what the stacking found odd, with their counts. */
export function oddities({ oddities: found }: Union): Record<string, number> {
  return Object.fromEntries(found.map(({ code, count }) => [code, count]));
}
