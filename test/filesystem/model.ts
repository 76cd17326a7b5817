/**
 * A filesystem as simple as it can be, to compare the union with: maps in maps, and an object per inode that names
 * share. It knows nothing of layers.
 */
export interface Inode {
  readonly kind: 'file' | 'symlink' | 'fifo';
  /** Content of a file, target of a link. */
  content: string;
  mode: number;
}

export interface Folder {
  readonly kind: 'dir';
  mode: number;
  readonly children: Map<string, Place>;
}

export type Place = Inode | Folder;

export const newFolder = (mode = 0o755): Folder => ({ kind: 'dir', mode, children: new Map() });

/** One thing a build step does; what does not apply (no such directory, a name that is taken) does nothing. */
export type Operation =
  | { readonly act: 'write'; readonly path: string; readonly content: string; readonly mode: number }
  | { readonly act: 'symlink'; readonly path: string; readonly target: string }
  | { readonly act: 'fifo' | 'mkdir' | 'remove' | 'empty'; readonly path: string }
  | { readonly act: 'chmod'; readonly path: string; readonly mode: number }
  | { readonly act: 'rename' | 'link'; readonly from: string; readonly to: string };

/** Applies an operation, with plain paths: no link is followed. */
export function apply(root: Folder, operation: Operation): void {
  switch (operation.act) {
    case 'write': {
      const place = lookUp(root, operation.path);
      // Written in place: all names of the file see it.
      if (place?.kind === 'file') Object.assign(place, { content: operation.content, mode: operation.mode });
      else put(root, operation.path, { kind: 'file', content: operation.content, mode: operation.mode });
      break;
    }
    case 'symlink':
      put(root, operation.path, { kind: 'symlink', content: operation.target, mode: 0o777 });
      break;
    case 'fifo':
      put(root, operation.path, { kind: 'fifo', content: '', mode: 0o600 });
      break;
    case 'mkdir':
      if (lookUp(root, operation.path)?.kind !== 'dir') put(root, operation.path, newFolder());
      break;
    case 'remove':
      remove(root, operation.path);
      break;
    case 'empty':
      // Another directory of the same name: what a builder marks opaque.
      if (lookUp(root, operation.path)?.kind === 'dir') put(root, operation.path, newFolder(0o700));
      break;
    case 'chmod': {
      const place = lookUp(root, operation.path);
      if (place !== undefined && place.kind !== 'symlink') place.mode = operation.mode;
      break;
    }
    case 'rename': {
      const place = lookUp(root, operation.from);
      if (place === undefined || `${operation.to}/`.startsWith(`${operation.from}/`)) break;
      if (put(root, operation.to, place)) remove(root, operation.from);
      break;
    }
    case 'link': {
      const place = lookUp(root, operation.from);
      if (place !== undefined && place.kind !== 'dir') put(root, operation.to, place);
      break;
    }
  }
}

export function lookUp(root: Folder, path: string): Place | undefined {
  let place: Place | undefined = root;
  for (const name of path.split('/')) place = place?.kind === 'dir' ? place.children.get(name) : undefined;
  return place;
}

/** Puts something at a path, over whatever is there, if its directory is there. */
function put(root: Folder, path: string, place: Place): boolean {
  const slash = path.lastIndexOf('/');
  const folder = slash === -1 ? root : lookUp(root, path.slice(0, slash));
  if (folder?.kind !== 'dir') return false;
  folder.children.set(path.slice(slash + 1), place);
  return true;
}

function remove(root: Folder, path: string): void {
  const slash = path.lastIndexOf('/');
  const folder = slash === -1 ? root : lookUp(root, path.slice(0, slash));
  if (folder?.kind === 'dir') folder.children.delete(path.slice(slash + 1));
}

/** All paths with what stands there, each directory before its contents. */
export function* walk(folder: Folder, above = ''): Generator<[path: string, place: Place]> {
  for (const [name, place] of [...folder.children].sort(([a], [b]) => (a < b ? -1 : 1))) {
    yield [`${above}${name}`, place];
    if (place.kind === 'dir') yield* walk(place, `${above}${name}/`);
  }
}

/** A copy that shares nothing, in which names that share an inode still do; with each place's original. */
export interface Snapshot {
  readonly root: Folder;
  readonly originals: ReadonlyMap<Place, Place>;
}

export function snapshot(root: Folder): Snapshot {
  const originals = new Map<Place, Place>();
  const copies = new Map<Inode, Inode>();
  const copy = (place: Place): Place => {
    if (place.kind === 'dir') {
      const folder = newFolder(place.mode);
      for (const [name, child] of place.children) folder.children.set(name, copy(child));
      originals.set(folder, place);
      return folder;
    }
    const inode = copies.get(place) ?? { ...place };
    copies.set(place, inode);
    originals.set(inode, place);
    return inode;
  };
  return { root: copy(root) as Folder, originals };
}
