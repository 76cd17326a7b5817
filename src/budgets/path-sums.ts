import { matchEntry, walkGlobs } from '../analysis/walk-globs.ts';
import { type FileTree, root } from '../filesystem/file-tree.ts';
import type { Union } from '../filesystem/union.ts';
import { GlobSet } from '../globs/glob-set.ts';
import type { PathGlob } from '../globs/path-glob.ts';
import type { LayerSums } from './measure-layers.ts';
import { PathTally } from './path-tally.ts';

/**
 * Adds up the paths of many patterns, by pattern and layer, in one walk over all that any layer ever had: a path costs the
 * same however many patterns there are.
 *
 * Content counts where the entry that holds it has its name; if that is gone, at another name. So the sums of patterns that
 * share no path and leave none out are the image's.
 *
 * @param ignored paths that are left out of waste
 */
export function sumPaths(
  { tree, dead, layers }: Union,
  globs: readonly PathGlob[],
  ignored: readonly PathGlob[],
): readonly ReadonlyMap<number, LayerSums>[] {
  const set = new GlobSet([...globs, ...ignored]);
  const tally = new PathTally(globs.length);
  const byNode = dead.byNode(tree.nodeCount);
  const homes = otherHomes(tree);
  const sizeOf = (layer: number, entry: number): number => layers[layer]?.size(entry) ?? 0;
  const addDead = (place: number, matched: readonly number[]): void => {
    const { layer, entry } = dead.at(place).ref;
    const size = sizeOf(layer, entry);
    const isIgnored = (matched.at(-1) ?? -1) >= globs.length;
    tally.add(matched, layer, size, isIgnored ? 0 : size, 0);
  };
  walkGlobs(tree, set, (node, matched) => {
    byNode.visit(node, (place) => addDead(place, matched));
    if (!tree.isPresent(node) || tree.isDir(node)) return;
    tally.add(matched, tree.layer(node), 0, 0, 1);
    const layer = tree.inodeLayer(node);
    const entry = tree.inodeEntry(node);
    if (!tree.holdsContent(node) && homes.get(layer)?.get(entry) !== node) return;
    tally.add(matched, layer, sizeOf(layer, entry), 0, 0);
  });
  for (const place of byNode.nameless) {
    const { ref } = dead.at(place);
    addDead(place, matchEntry(set, layers[ref.layer], ref.entry));
  }
  return tally.sums();
}

/** Of content whose own name is gone, the node that stands for it, by layer and entry: the first that any layer named. */
function otherHomes(tree: FileTree): Map<number, Map<number, number>> {
  const homes = new Map<number, Map<number, number>>();
  const owners: number[] = [];
  for (let node = root + 1; node < tree.nodeCount; node++) {
    if (!tree.isPresent(node)) continue;
    if (tree.holdsContent(node)) {
      owners.push(node);
      continue;
    }
    const byEntry = homes.get(tree.inodeLayer(node)) ?? new Map<number, number>();
    homes.set(tree.inodeLayer(node), byEntry);
    const entry = tree.inodeEntry(node);
    if (!byEntry.has(entry)) byEntry.set(entry, node);
  }
  for (const node of owners) homes.get(tree.inodeLayer(node))?.delete(tree.inodeEntry(node));
  return homes;
}
