import type { NodeChange } from '../filesystem/layer-changes.ts';
import type { Union } from '../filesystem/union.ts';
import { EntryType } from '../layer/entry-type.ts';
import type { EntryRef } from '../filesystem/entry-ref.ts';
import { type Contents, sameMetadata } from './content.ts';

/** How many files, and how many bytes of them. Directories do not count. */
export interface Count {
  readonly files: number;
  readonly bytes: number;
}

export type ChangeKind = 'added' | 'modified' | 'metadataOnly' | 'identical' | 'removed';

/**
 * What a layer did to the filesystem below it. `bytes` are those the layer holds for it; of what it removed, the bytes
 * that nothing shows any more.
 */
export type ChangeCounts = Readonly<Record<ChangeKind, Count>>;

/** What stood at a path, and what stands there now; null: nothing. */
export type Change = Pick<NodeChange, 'before' | 'after'>;

/** Counts the changes of each layer. */
export function countChanges(union: Union, contents: Contents): ChangeCounts[] {
  const removedBytes = union.layers.map(() => 0);
  for (let at = 0; at < union.dead.length; at++) {
    const { ref, byLayer, replacedBy } = union.dead.at(at);
    if (replacedBy === null && ref.layer !== byLayer)
      removedBytes[byLayer] = (removedBytes[byLayer] ?? 0) + (union.layers[ref.layer]?.size(ref.entry) ?? 0);
  }
  return union.changes.map((changes, layer) => {
    const files = { added: 0, modified: 0, metadataOnly: 0, identical: 0, removed: 0 };
    const bytes = { ...files, removed: removedBytes[layer] ?? 0 };
    // Hard links: the content counts once.
    const counted = new Uint8Array(union.layers[layer]?.index.count ?? 0);
    for (let at = 0; at < changes.length; at++) {
      const change = changes.at(at);
      const kind = changeKind(union, contents, change);
      if (kind === null) continue;
      files[kind]++;
      const { after } = change;
      if (kind === 'removed' || after === null || after.layer !== layer || counted[after.entry] === 1) continue;
      const size = union.layers[layer]?.size(after.entry) ?? 0;
      if (size === 0) continue;
      counted[after.entry] = 1;
      bytes[kind] += size;
    }
    const count = (kind: ChangeKind): Count => ({ files: files[kind], bytes: bytes[kind] });
    return {
      added: count('added'),
      modified: count('modified'),
      metadataOnly: count('metadataOnly'),
      identical: count('identical'),
      removed: count('removed'),
    };
  });
}

/** What happened at a node; null for directories, and where nothing did. */
export function changeKind(union: Union, contents: Contents, { before, after }: Change): ChangeKind | null {
  const was = before !== null && !isDir(union, before);
  const is = after !== null && !isDir(union, after);
  if (!is) return was ? 'removed' : null;
  if (!was) return 'added';
  if (before.layer === after.layer && before.entry === after.entry) return null;
  if (!sameThing(union, contents, before, after)) return 'modified';
  return sameMetadata(union.layers, before, after) ? 'identical' : 'metadataOnly';
}

function isDir({ layers }: Union, { layer, entry }: EntryRef): boolean {
  return layers[layer]?.type(entry) === EntryType.dir;
}

/** Whether two entries that are no directories hold the same: bytes, link target, or device. */
function sameThing({ layers }: Union, contents: Contents, a: EntryRef, b: EntryRef): boolean {
  const one = layers[a.layer];
  const other = layers[b.layer];
  if (one === undefined || other === undefined || one.type(a.entry) !== other.type(b.entry)) return false;
  if (one.isFile(a.entry)) return contents.same(a, b);
  return (
    one.link(a.entry) === other.link(b.entry) &&
    one.index.devMajor[a.entry] === other.index.devMajor[b.entry] &&
    one.index.devMinor[a.entry] === other.index.devMinor[b.entry]
  );
}
