/**
 * dive's formulas as its source has them (filetree/efficiency.go, image/analysis.go), on plain nested maps and without
 * a thought for speed: what the numbers of the report are compared with.
 */
export interface DiveEntry {
  /** As stored in the tar. */
  readonly path: string;
  readonly size: number;
  readonly isDir: boolean;
}

interface Node {
  size: number;
  isDir: boolean;
  readonly children: Map<string, Node>;
}

const newNode = (): Node => ({ size: 0, isDir: false, children: new Map() });

/** Adds a path to a tree; a part that begins `.wh..wh..` ends it, and what stands above it stays. */
function addPath(root: Node, names: readonly string[], size: number, isDir: boolean): void {
  let node = root;
  for (const name of names) {
    if (name.startsWith('.wh..wh..')) return;
    const child = node.children.get(name) ?? newNode();
    node.children.set(name, child);
    node = child;
  }
  if (node !== root) Object.assign(node, { size, isDir });
}

/** The parts of a path as stored; none for the root. */
export function partsOf(path: string): string[] {
  const names: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') names.pop();
    else if (part !== '' && part !== '.') names.push(part);
  }
  return names;
}

/** Children before their parent, in byte order of names. */
function* depthFirst(node: Node, path: readonly string[] = []): Generator<[path: readonly string[], node: Node]> {
  for (const name of [...node.children.keys()].sort()) {
    const child = node.children.get(name) ?? newNode();
    yield* depthFirst(child, [...path, name]);
    yield [[...path, name], child];
  }
}

function find(root: Node, path: readonly string[]): Node | undefined {
  let node: Node | undefined = root;
  for (const name of path) node = node?.children.get(name);
  return node;
}

function subtreeSize(node: Node): number {
  return [...node.children.values()].reduce((sum, child) => sum + subtreeSize(child), node.size);
}

function stackOn(union: Node, layer: Node): void {
  for (const [path, node] of depthFirst(layer)) {
    const name = path.at(-1) ?? '';
    const above = path.slice(0, -1);
    if (name.startsWith('.wh.')) {
      find(union, above)?.children.delete(name.slice(4));
      continue;
    }
    addPath(union, path, node.size, node.isDir);
  }
}

export interface DiveByTheBook {
  readonly efficiencyScore: number;
  readonly wastedBytes: number;
  readonly sizeBytes: number;
  readonly userSizeBytes: number;
}

export function diveByTheBook(layers: readonly (readonly DiveEntry[])[]): DiveByTheBook {
  const trees = layers.map((entries) => {
    const root = newNode();
    for (const { path, size, isDir } of entries) addPath(root, partsOf(path), size, isDir);
    return root;
  });
  const files = new Map<string, { count: number; sum: number; smallest: number }>();
  trees.forEach((tree, at) => {
    for (const [path, node] of depthFirst(tree)) {
      if (node.children.size > 0) continue;
      const name = path.at(-1) ?? '';
      const above = path.slice(0, -1);
      const isWhiteout = name.startsWith('.wh.');
      const shown = [...above, isWhiteout ? name.slice(4) : name];
      const key = shown.join('/');
      const file = files.get(key) ?? { count: 0, sum: 0, smallest: -1 };
      files.set(key, file);
      let { size } = node;
      if (isWhiteout) {
        const below = copyOf(trees[0]);
        for (const lower of trees.slice(0, at)) stackOn(below, lower);
        const removed = find(below, shown);
        if (removed === undefined) return;
        size = removed.isDir ? subtreeSize(removed) : 0;
      }
      file.sum += size;
      file.smallest = file.smallest < 0 ? size : Math.min(file.smallest, size);
      file.count++;
    }
  });
  const all = [...files.values()];
  const sum = total(all.map((file) => file.sum));
  const sizes = layers.map((entries) => total(entries.map(({ size }) => size)));
  return {
    efficiencyScore: sum === 0 ? 1 : total(all.map((file) => file.smallest)) / sum,
    wastedBytes: total(all.filter(({ count }) => count > 1).map((file) => file.sum)),
    sizeBytes: total(sizes),
    userSizeBytes: total(sizes.slice(1)),
  };
}

function copyOf(node: Node = newNode()): Node {
  const copy: Node = { ...node, children: new Map() };
  for (const [name, child] of node.children) copy.children.set(name, copyOf(child));
  return copy;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
