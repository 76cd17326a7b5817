import type { LayerView } from '../../filesystem/layer-view.ts';
import { EntryType } from '../../layer/entry-type.ts';
import type { ByteString } from '../../text/byte-string.ts';
import { PathSizes } from './path-sizes.ts';
import { PathTree } from './path-tree.ts';

/** dive's numbers, by its own formulas (dive 0.13.1, filetree/efficiency.go and image/analysis.go), quirks included. */
export interface DiveNumbers {
  /** 0 to 1; slightly beyond in dive's corner cases. */
  readonly efficiencyScore: number;
  readonly wastedBytes: number;
  /** Wasted bytes over the bytes of all layers but the first; null where dive has NaN or infinity. */
  readonly userWastedPercent: number | null;
  readonly sizeBytes: number;
  readonly userSizeBytes: number;
}

const whiteout = '.wh.';
const doubleWhiteout = '.wh..wh..';

/**
 * A node in a layer, or in the union of the layers so far: its size, or `directory`. A number, for there are a million
 * of them. Implied parents have no size and are no directories to dive.
 */
type Info = number;

const directory: Info = -1;
const impliedParent: Info = 0;

export function diveNumbers(layers: readonly LayerView[]): DiveNumbers {
  const layerSizes = layers.map(({ totalBytes }) => totalBytes);
  const sizeBytes = layerSizes.reduce((sum, size) => sum + size, 0);
  const userSizeBytes = sizeBytes - (layerSizes[0] ?? 0);
  // A single layer has no path twice: whatever is in it, dive finds nothing, and the trees need not be built.
  const sizes = layers.length < 2 ? new PathSizes() : measure(layers);
  let sum = 0;
  let smallest = 0;
  let wastedBytes = 0;
  for (const node of sizes.nodes()) {
    const bytes = sizes.sum(node);
    const count = sizes.count(node);
    sum += bytes;
    smallest += sizes.smallest(node);
    if (count >= 2) wastedBytes += bytes;
  }
  const ratio = wastedBytes / userSizeBytes;
  return {
    efficiencyScore: sum === 0 ? 1 : smallest / sum,
    wastedBytes,
    userWastedPercent: Number.isFinite(ratio) ? ratio : null,
    sizeBytes,
    userSizeBytes,
  };
}

function measure(layers: readonly LayerView[]): PathSizes {
  const paths = new PathTree();
  const sizes = new PathSizes();
  const union = new Map<number, Info>();
  layers.forEach((view, at) => {
    const tree = layerTree(paths, view);
    // dive starts from a copy of the first layer, whiteouts and all, and stacks that layer on it once more.
    if (at === 0) for (const [node, info] of tree.infos) union.set(node, info);
    measureLayer(paths, tree, union, sizes);
    if (at > 0 || tree.hasWhiteouts) stack(paths, tree, union);
  });
  return sizes;
}

/** The nodes of one layer; `parents` are those that have children in it. */
interface LayerTree {
  readonly infos: ReadonlyMap<number, Info>;
  readonly parents: ReadonlySet<number>;
  readonly hasWhiteouts: boolean;
}

function layerTree(paths: PathTree, view: LayerView): LayerTree {
  const infos = new Map<number, Info>();
  const parents = new Set<number>();
  const dirs = new Map<number, LayerDir>();
  let hasWhiteouts = false;
  for (let entry = 0; entry < view.index.count; entry++) {
    const name = view.name(entry);
    if (name === '') continue;
    const dirId = view.index.dir[entry] ?? 0;
    let dir = dirs.get(dirId);
    if (dir === undefined) dirs.set(dirId, (dir = layerDir(paths, view.string(dirId))));
    hasWhiteouts ||= dir.hasWhiteouts || name.startsWith(whiteout);
    const dropped = dir.dropsAll || name.startsWith(doubleWhiteout);
    const node = dropped ? dir.node : paths.childNamed(dir.node, name);
    if (!dropped) infos.set(node, view.type(entry) === EntryType.dir ? directory : view.size(entry));
    else if (node !== 0 && !infos.has(node)) infos.set(node, impliedParent);
    for (let at = paths.parent(node); at !== 0 && !parents.has(at); at = paths.parent(at)) {
      parents.add(at);
      if (!infos.has(at)) infos.set(at, impliedParent);
    }
  }
  return { infos, parents, hasWhiteouts };
}

interface LayerDir {
  readonly node: number;
  /** A part of the path begins `.wh..wh..`: dive adds the directories above that, and nothing below. */
  readonly dropsAll: boolean;
  readonly hasWhiteouts: boolean;
}

function layerDir(paths: PathTree, path: ByteString): LayerDir {
  const hasWhiteouts = `/${path}`.includes(`/${whiteout}`);
  const end = hasWhiteouts ? `/${path}`.indexOf(`/${doubleWhiteout}`) : -1;
  return { node: paths.at(end === -1 ? path : path.slice(0, end)), dropsAll: end !== -1, hasWhiteouts };
}

/** Visits the leaves of a layer in dive's order and adds their sizes up by path. */
function measureLayer(
  paths: PathTree,
  { infos, parents, hasWhiteouts }: LayerTree,
  union: ReadonlyMap<number, Info>,
  sizes: PathSizes,
): void {
  // Order tells only where dive gives up, and only at a whiteout: sorting a million paths is for those layers alone.
  const nodes = hasWhiteouts ? inOrder(paths, infos) : infos.keys();
  for (const node of nodes) {
    if (parents.has(node)) continue;
    const name = paths.name(node);
    const isWhiteout = name.startsWith(whiteout);
    const target = isWhiteout ? paths.childNamed(paths.parent(node), name.slice(whiteout.length)) : node;
    sizes.name(target);
    let size = sizeOf(infos.get(node));
    if (isWhiteout) {
      const removed = union.get(target);
      // dive logs an error here and leaves the rest of the layer out.
      if (removed === undefined) return;
      size = removed === directory ? subtreeSize(paths, union, target) : 0;
    }
    sizes.add(target, size);
  }
}

/** The nodes of a layer depth first, children in byte order before their parent. */
function inOrder(paths: PathTree, infos: ReadonlyMap<number, Info>): number[] {
  const ordered: number[] = [];
  const waiting = [{ node: 0, open: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, open } = next;
    if (open) {
      ordered.push(node);
      continue;
    }
    if (node !== 0) waiting.push({ node, open: true });
    const children = [...paths.childrenOf(node)].filter((child) => infos.has(child));
    // Reversed, for the last one pushed is the first one visited.
    children.sort((a, b) => (paths.name(a) < paths.name(b) ? 1 : -1));
    for (const child of children) waiting.push({ node: child, open: false });
  }
  return ordered;
}

function sizeOf(info: Info | undefined): number {
  return info === undefined || info === directory ? 0 : info;
}

function subtreeSize(paths: PathTree, union: ReadonlyMap<number, Info>, node: number): number {
  let sum = 0;
  const waiting = [node];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    sum += sizeOf(union.get(at));
    for (const child of paths.childrenOf(at)) if (union.has(child)) waiting.push(child);
  }
  return sum;
}

/** Puts a layer on the union as dive does: opaque markers mean nothing to it. */
function stack(paths: PathTree, tree: LayerTree, union: Map<number, Info>): void {
  for (const node of tree.hasWhiteouts ? inOrder(paths, tree.infos) : tree.infos.keys()) {
    const name = paths.name(node);
    if (name.startsWith(whiteout))
      remove(paths, union, paths.childNamed(paths.parent(node), name.slice(whiteout.length)));
    else add(paths, union, node, tree.infos.get(node) ?? impliedParent);
  }
}

function add(paths: PathTree, union: Map<number, Info>, node: number, info: Info): void {
  union.set(node, info);
  for (let at = paths.parent(node); at !== 0 && !union.has(at); at = paths.parent(at)) union.set(at, impliedParent);
}

function remove(paths: PathTree, union: Map<number, Info>, node: number): void {
  const waiting = [node];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (!union.delete(at)) continue;
    for (const child of paths.childrenOf(at)) waiting.push(child);
  }
}
