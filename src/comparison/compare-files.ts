import { type FileTree, root } from '../filesystem/file-tree.ts';
import { IntList } from '../filesystem/int-list.ts';
import type { Union } from '../filesystem/union.ts';
import { EntryType } from '../layer/entry-type.ts';
import type { ByteString } from '../text/byte-string.ts';
import { decodePath } from '../text/decoded-path.ts';
import type { FileChange, FileChanges } from './comparison.ts';

/** The final filesystem of an image, and the line of the Dockerfile that made each layer; null where it is not known. */
export interface ComparedFiles {
  readonly union: Pick<Union, 'tree'>;
  readonly lineOf: (layer: number) => number | null;
}

const absent = -1;

/**
 * Compares what two images show. A path is one entry: what is no directory in both images, a link in place of a file, say,
 * has grown or shrunk by its content; directories are no entries themselves.
 *
 * The content of a hard link counts once: at a path that both images have, if there is one. So a name that goes or comes
 * while another stays is removed or added with no bytes.
 */
export function compareFiles(old: ComparedFiles, now: ComparedFiles): FileChanges {
  const before = new CountedTree(old.union.tree);
  const after = new CountedTree(now.union.tree);
  const { both, alone } = walkBoth(before.tree, after.tree);
  const rows: Row[] = [];
  const note = (oldNode: number, newNode: number): void => {
    const oldBytes = oldNode === absent ? null : before.take(oldNode);
    const newBytes = newNode === absent ? null : after.take(newNode);
    const change = (newBytes ?? 0) - (oldBytes ?? 0);
    if (oldBytes !== null && newBytes !== null && change === 0) return;
    const path = newNode === absent ? before.tree.path(oldNode) : after.tree.path(newNode);
    rows.push({ path, oldNode, newNode, oldBytes, newBytes, change });
  };
  for (let at = 0; at < both.length; at += 2) note(both.at(at), both.at(at + 1));
  for (let at = 0; at < alone.length; at += 2) note(alone.at(at), alone.at(at + 1));
  rows.sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.path < b.path ? -1 : 1));
  const totals = { added: noFiles(), removed: noFiles(), grown: noFiles(), shrunk: noFiles() };
  const entries = rows.map(({ path, oldNode, newNode, oldBytes, newBytes, change }): FileChange => {
    const kind = kindOf(oldBytes, change, newBytes);
    totals[kind].files++;
    totals[kind].bytes += change;
    const [side, tree, node] = newNode === absent ? [old, before.tree, oldNode] : [now, after.tree, newNode];
    const layer = tree.inodeLayer(node);
    return { kind, ...decodePath(path), oldBytes, newBytes, change, layer, line: side.lineOf(layer) };
  });
  return { ...totals, entries };
}

interface Row {
  readonly path: ByteString;
  readonly oldNode: number;
  readonly newNode: number;
  readonly oldBytes: number | null;
  readonly newBytes: number | null;
  readonly change: number;
}

function noFiles(): { files: number; bytes: number } {
  return { files: 0, bytes: 0 };
}

function kindOf(oldBytes: number | null, change: number, newBytes: number | null): FileChange['kind'] {
  if (oldBytes === null) return 'added';
  if (newBytes === null) return 'removed';
  return change > 0 ? 'grown' : 'shrunk';
}

/** A tree whose contents are counted at the first of their names that asks. */
class CountedTree {
  readonly tree: FileTree;
  private readonly counted: readonly Uint8Array[];

  constructor(tree: FileTree) {
    this.tree = tree;
    this.counted = tree.layers.map(({ index }) => new Uint8Array(index.count));
  }

  /** Bytes of a node's content; 0 for what is no regular file, and where they were counted before. */
  take(node: number): number {
    const layer = this.tree.inodeLayer(node);
    const entry = this.tree.inodeEntry(node);
    const counted = this.counted[layer];
    if (entry < 0 || counted === undefined || counted[entry] === 1) return 0;
    counted[entry] = 1;
    return this.tree.layers[layer]?.size(entry) ?? 0;
  }
}

/** Nodes that are no directories, as pairs one after the other: those of a path in both trees, and those in one alone. */
interface Walked {
  readonly both: IntList;
  readonly alone: IntList;
}

/** Walks two trees in step, by names in byte order. Not recursive: a hostile image nests as deep as it likes. */
function walkBoth(old: FileTree, now: FileTree): Walked {
  const both = new IntList();
  const alone = new IntList();
  const waiting: (readonly [number, number])[] = [[root, root]];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const oldNames = pair[0] === absent ? [] : old.list(pair[0]);
    const newNames = pair[1] === absent ? [] : now.list(pair[1]);
    for (let at = 0, to = 0; at < oldNames.length || to < newNames.length;) {
      const order = compareNames(old, oldNames[at], now, newNames[to]);
      const oldNode = order <= 0 ? (oldNames[at++] ?? absent) : absent;
      const newNode = order >= 0 ? (newNames[to++] ?? absent) : absent;
      const oldDirectory = isDirectory(old, oldNode);
      const newDirectory = isDirectory(now, newNode);
      if (oldDirectory || newDirectory)
        waiting.push([oldDirectory ? oldNode : absent, newDirectory ? newNode : absent]);
      const oldFile = oldDirectory ? absent : oldNode;
      const newFile = newDirectory ? absent : newNode;
      if (oldFile === absent && newFile === absent) continue;
      const into = oldFile === absent || newFile === absent ? alone : both;
      into.push(oldFile);
      into.push(newFile);
    }
  }
  return { both, alone };
}

/** Below 0: the old one comes first; a missing one comes last. */
function compareNames(old: FileTree, oldNode: number | undefined, now: FileTree, newNode: number | undefined): number {
  if (oldNode === undefined) return 1;
  if (newNode === undefined) return -1;
  const [one, other] = [old.name(oldNode), now.name(newNode)];
  return one === other ? 0 : one < other ? -1 : 1;
}

function isDirectory(tree: FileTree, node: number): boolean {
  return node !== absent && tree.type(node) === EntryType.dir;
}
