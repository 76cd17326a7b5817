import { dir, fifo, file, hardLink, type Item, symlink, whiteout } from '../write-layer.ts';
import { type Folder, type Inode, lookUp, type Place, type Snapshot, walk } from './model.ts';

/** How a builder writes what can be written in more ways than one. */
export interface Habits {
  /** A directory that was replaced is marked opaque, rather than whited out name by name. */
  readonly opaque: boolean;
  /** A new name of an old file is a link to a name of a lower layer, rather than all names written anew. */
  readonly linksToLower: boolean;
  /** Directories above a change are written too. */
  readonly parents: boolean;
}

type Named = readonly [name: string, item: Item];

/** The entries of the layer that turns one state of a filesystem into the next, whiteouts apart. */
export function difference(
  before: Snapshot,
  after: Folder,
  habits: Habits,
): { readonly entries: readonly Named[]; readonly whiteouts: readonly Named[] } {
  const entries: Named[] = [];
  const whiteouts: Named[] = [];
  const opaque: string[] = [];
  const hidden = (path: string): boolean => opaque.some((one) => path.startsWith(`${one}/`));
  const lower = (path: string): Place | undefined => (hidden(path) ? undefined : lookUp(before.root, path));
  const isSame = (path: string, place: Place): boolean => {
    const old = lower(path);
    return old !== undefined && before.originals.get(old) === place;
  };
  const isUnchanged = (path: string, place: Place): boolean => {
    const old = lower(path);
    if (old === undefined || !isSame(path, place) || old.mode !== place.mode) return false;
    return old.kind === 'dir' || place.kind === 'dir' || old.content === place.content;
  };

  for (const [path, old] of walk(before.root)) {
    const now = lookUp(after, path);
    const parentStays = !path.includes('/') || lookUp(after, path.slice(0, path.lastIndexOf('/')))?.kind === 'dir';
    if (hidden(path) || !parentStays) continue;
    if (now === undefined) whiteouts.push([whiteoutOf(path), whiteout]);
    else if (old.kind === 'dir' && now.kind === 'dir' && before.originals.get(old) !== now && habits.opaque) {
      opaque.push(path);
      whiteouts.push([`${path}/.wh..wh..opq`, whiteout]);
    }
  }

  const names = new Map<Inode, string[]>();
  for (const [path, place] of walk(after)) {
    if (place.kind !== 'dir') names.set(place, [...(names.get(place) ?? []), path]);
    else if (!isUnchanged(path, place)) entries.push([path, dir({ mode: place.mode })]);
  }
  for (const [inode, paths] of names) {
    const changed = paths.filter((path) => !isUnchanged(path, inode));
    if (changed.length === 0) continue;
    const kept = paths.find((path) => isUnchanged(path, inode));
    const [first = '', ...others] = kept !== undefined && habits.linksToLower ? [kept, ...changed] : paths;
    if (first !== kept || !habits.linksToLower) entries.push([first, itemOf(inode)]);
    for (const path of others) entries.push([path, hardLink(first)]);
  }
  return { entries: habits.parents ? withParents(entries, after) : entries, whiteouts };
}

function itemOf({ kind, content, mode }: Inode): Item {
  if (kind === 'symlink') return symlink(content);
  return kind === 'fifo' ? { ...fifo(), mode } : file(content, { mode });
}

function whiteoutOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return `${path.slice(0, slash + 1)}.wh.${path.slice(slash + 1)}`;
}

/** The directories above all entries first, each once: no path of the model is a link's. */
function withParents(entries: readonly Named[], root: Folder): Named[] {
  const written = new Set(entries.map(([name]) => name));
  const above = new Set<string>();
  for (const [name] of entries)
    for (let at = name.indexOf('/'); at !== -1; at = name.indexOf('/', at + 1)) above.add(name.slice(0, at));
  const missing = [...above].filter((path) => !written.has(path)).sort();
  return [...missing.map((path): Named => [path, dir({ mode: lookUp(root, path)?.mode ?? 0 })]), ...entries];
}
