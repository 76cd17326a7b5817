import type { DeadFile } from '../filesystem/dead-content.ts';
import type { Union } from '../filesystem/union.ts';
import type { ByteString } from '../text/byte-string.ts';
import { type Contents, sameMetadata } from './content.ts';
import type { IgnoredContent } from './ignored-content.ts';

/** Why content is in a layer and not in the final filesystem (contract, "Wasted bytes"). */
export type WasteCause = 'overwritten' | 'deleted' | 'metadataOnly' | 'identical';

/** One copy of a file that the final filesystem does not show. */
export interface WastedCopy {
  readonly layer: number;
  readonly bytes: number;
  /** The layer that made it so. */
  readonly wastedByLayer: number;
}

/** The dead copies of one path that died for one cause, lowest layer first. */
export interface WastedFile {
  /** Absolute, raw. */
  readonly path: ByteString;
  readonly bytes: number;
  readonly cause: WasteCause;
  readonly copies: readonly WastedCopy[];
  /** The layer that wasted the last of them. */
  readonly wastedByLayer: number;
}

export interface Waste {
  readonly bytes: number;
  readonly byCause: Readonly<Record<WasteCause, number>>;
  /** By layer that holds the bytes. */
  readonly byLayer: readonly number[];
  /** Largest first, then by path. */
  readonly files: readonly WastedFile[];
}

/** A file as it is being added up. */
type Found = { -readonly [Key in keyof WastedFile]: WastedFile[Key] } & { readonly copies: WastedCopy[] };

/** Adds up all content that is in some layer and not in the final filesystem, but for what is ignored. */
export function findWaste(union: Union, contents: Contents, ignored: IgnoredContent): Waste {
  const tally = new WasteTally(union, contents);
  for (let at = 0; at < union.dead.length; at++) {
    const dead = union.dead.at(at);
    if (!ignored.has(dead.ref)) tally.add(dead);
  }
  return tally.waste();
}

/** What of `findWaste` had a node's path, without looking for the rest. */
export function wasteAt(
  union: Union,
  contents: Contents,
  ignored: IgnoredContent,
  node: number,
): readonly WastedFile[] {
  const tally = new WasteTally(union, contents);
  for (const at of union.dead.placesAt(node)) {
    const dead = union.dead.at(at);
    if (!ignored.has(dead.ref)) tally.add(dead);
  }
  return tally.waste().files;
}

/** Filled in place: a layer that deletes a million files must not take three lists of them. */
class WasteTally {
  private readonly union: Union;
  private readonly contents: Contents;
  private readonly byCause = { overwritten: 0, deleted: 0, metadataOnly: 0, identical: 0 };
  private readonly byLayer: number[];
  private readonly found: Found[] = [];
  private readonly byNode = {
    overwritten: new Map<number, Found>(),
    deleted: new Map<number, Found>(),
    metadataOnly: new Map<number, Found>(),
    identical: new Map<number, Found>(),
  };
  private bytes = 0;

  constructor(union: Union, contents: Contents) {
    this.union = union;
    this.contents = contents;
    this.byLayer = union.layers.map(() => 0);
  }

  add(dead: DeadFile): void {
    const { union, byCause, byLayer, byNode } = this;
    const { layer, entry } = dead.ref;
    const size = union.layers[layer]?.size(entry) ?? 0;
    const cause = causeOf(union, this.contents, dead);
    this.bytes += size;
    byCause[cause] += size;
    byLayer[layer] = (byLayer[layer] ?? 0) + size;
    const copy = { layer, bytes: size, wastedByLayer: dead.byLayer };
    const known = dead.node === null ? undefined : byNode[cause].get(dead.node);
    if (known === undefined) {
      const first = { path: pathOf(union, dead), bytes: size, cause, copies: [copy], wastedByLayer: dead.byLayer };
      this.found.push(first);
      if (dead.node !== null) byNode[cause].set(dead.node, first);
    } else {
      known.copies.push(copy);
      known.bytes += size;
      known.wastedByLayer = dead.byLayer;
    }
  }

  waste(): Waste {
    const { bytes, byCause, byLayer, found } = this;
    found.sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    return { bytes, byCause, byLayer, files: found };
  }
}

/** Why a file is dead. */
export function causeOf({ layers }: Union, contents: Contents, { ref, byLayer, replacedBy }: DeadFile): WasteCause {
  if (replacedBy === null) return 'deleted';
  // Repeated within its own layer: no step of a build, whatever the copies hold.
  if (ref.layer === byLayer || !contents.same(ref, replacedBy)) return 'overwritten';
  return sameMetadata(layers, ref, replacedBy) ? 'identical' : 'metadataOnly';
}

function pathOf({ layers, tree }: Union, { ref, node }: DeadFile): ByteString {
  return node === null ? `/${layers[ref.layer]?.path(ref.entry)}` : tree.path(node);
}
