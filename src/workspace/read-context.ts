import type { BigIntStats, Dirent } from 'node:fs';
import { lstat, readdir, readlink, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ContextNode, DirectoryNode } from '../context/context-tree.ts';
import type { Ignore } from '../dockerfile/ignore-file.ts';
import { problem, reasonOf } from '../errors.ts';
import { type ByteString, decodeBytes, encodeText, isText } from '../text/byte-string.ts';
import { sanitize } from '../text/sanitize.ts';
import { type Oddity, OddityTally } from '../warnings.ts';
import type { Identify } from './identify.ts';
import { isMissing } from './missing.ts';

/** More than any builder is sent; a tree of a million takes half a minute to walk. */
const entryLimit = 1_000_000;

/** Entries of one directory that are looked at together: more of them only wait for each other. */
const together = 64;

export interface ReadContext {
  /** What is ignored is not in it; names that are not UTF-8 have U+FFFD in them. */
  readonly tree: DirectoryNode;
  readonly oddities: readonly Oddity[];
}

/**
 * Reads a directory as a build context. What the ignore file leaves out is not looked into. Links are not followed, but for
 * the directory itself; pipes, sockets and devices are never opened.
 * @throws LayerscopeError no-context, not-readable, context-too-large
 */
export async function readContext(directory: string, ignore: Ignore, identify: Identify): Promise<ReadContext> {
  const root = resolve(directory);
  const walk: Walk = { root, ignore, identify, tally: new OddityTally(), entries: 0 };
  const found = await stat(root).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw problem('not-readable', { path: directory, reason: reasonOf(error) }, error);
  });
  if (found?.isDirectory() !== true) throw problem('no-context', { path: directory });
  const tree = await readDirectory(walk, { path: '', place: encodeText(root) }, found.mode);
  return { tree, oddities: walk.tally.list() };
}

interface Walk {
  readonly root: string;
  readonly ignore: Ignore;
  readonly identify: Identify;
  readonly tally: OddityTally;
  entries: number;
}

/** Where something is: `path` in the context, as text; `place` on the disk, as bytes. */
interface Spot {
  readonly path: string;
  readonly place: ByteString;
}

async function readDirectory(walk: Walk, spot: Spot, mode: number): Promise<DirectoryNode> {
  const entries = await list(spot);
  walk.entries += entries.length;
  if (walk.entries > entryLimit) throw problem('context-too-large', { path: walk.root, limit: entryLimit });
  // In byte order, so that the same directory gives the same tree and the same warnings.
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const children = new Map<string, ContextNode>();
  for (let start = 0; start < entries.length; start += together) {
    const some = entries.slice(start, start + together);
    const leaves = await Promise.all(
      some.map(async (entry) => (entry.isDirectory() ? null : await readLeaf(walk, below(spot, entry), entry))),
    );
    for (const [at, entry] of some.entries()) {
      const node = entry.isDirectory() ? await descend(walk, below(spot, entry)) : leaves[at];
      if (node) children.set(textOf(walk, entry.name, spot), node);
    }
  }
  return { kind: 'directory', mode: permissions(mode), children };
}

/** A directory below the first; null where it is left out or has gone. */
async function descend(walk: Walk, spot: Spot): Promise<DirectoryNode | null> {
  if (walk.ignore.ignoresAll(spot.path)) return null;
  const found = await look(spot);
  if (found === null) return null;
  const node = await readDirectory(walk, spot, Number(found.mode));
  // Left out, it stays where something in it is brought back.
  return node.children.size === 0 && walk.ignore.ignores(spot.path) ? null : node;
}

/** A file or a link; null for what is left out, has gone or cannot be sent. */
async function readLeaf(walk: Walk, spot: Spot, entry: Dirent): Promise<ContextNode | null> {
  if (walk.ignore.ignores(spot.path)) return null;
  const { path, place } = spot;
  if (entry.isSymbolicLink()) {
    const target = await attempt(spot, () => readlink(bytesOf(place), { encoding: 'latin1' }));
    return target === null ? null : { kind: 'symlink', target: decodeBytes(target) };
  }
  if (!entry.isFile()) {
    walk.tally.note('context-special-file', () => sanitize(path));
    return null;
  }
  const found = await look(spot);
  if (found === null) return null;
  const { dev, ino, size, mtimeNs } = found;
  const stamp = `stamp:${dev}:${ino}:${size}:${mtimeNs}`;
  const content = await walk.identify({ path, place: bytesOf(place), size: Number(size), stamp });
  return { kind: 'file', mode: permissions(Number(found.mode)), content };
}

function below({ path, place }: Spot, { name }: Dirent): Spot {
  const text = decodeBytes(name);
  return { path: path === '' ? text : `${path}/${text}`, place: `${place}/${name}` };
}

function textOf({ tally }: Walk, name: ByteString, { path }: Spot): string {
  const text = decodeBytes(name);
  if (!isText(name)) tally.note('context-name-not-text', () => sanitize(`${path}/${text}`));
  return text;
}

/** setuid, setgid and sticky are of a mode that builders hash; the type is not. */
function permissions(mode: number): number {
  return mode & 0o7777;
}

async function list(spot: Spot): Promise<Dirent[]> {
  return (await attempt(spot, () => readdir(bytesOf(spot.place), { withFileTypes: true, encoding: 'latin1' }))) ?? [];
}

async function look(spot: Spot): Promise<BigIntStats | null> {
  return await attempt(spot, () => lstat(bytesOf(spot.place), { bigint: true }));
}

/** Null where something has gone since its directory was read: editors and tests come and go with files. */
async function attempt<T>({ place }: Spot, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (isMissing(error)) return null;
    throw problem('not-readable', { path: decodeBytes(place), reason: reasonOf(error) }, error);
  }
}

function bytesOf(place: ByteString): Buffer {
  return Buffer.from(place, 'latin1');
}
