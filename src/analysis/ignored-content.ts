import type { EntryRef } from '../filesystem/entry-ref.ts';
import type { Union } from '../filesystem/union.ts';
import { GlobSet } from '../globs/glob-set.ts';
import type { PathGlob } from '../globs/path-glob.ts';
import { matchEntry, walkGlobs } from './walk-globs.ts';

/** Dead content that nobody wants to hear of: at paths that a configuration leaves out of waste. */
export class IgnoredContent {
  /** By layer that holds the bytes. */
  readonly byLayer: readonly number[];
  readonly bytes: number;
  /** Dead copies. */
  readonly files: number;
  /** By layer and entry: 1 for what is ignored; a layer without any has none. */
  private readonly entries: ReadonlyMap<number, Uint8Array>;

  constructor({ layers }: Pick<Union, 'layers'>, refs: Iterable<EntryRef>) {
    const entries = new Map<number, Uint8Array>();
    const byLayer = layers.map(() => 0);
    let files = 0;
    for (const { layer, entry } of refs) {
      const view = layers[layer];
      if (view === undefined) continue;
      const marks = entries.get(layer) ?? new Uint8Array(view.index.count);
      entries.set(layer, marks);
      marks[entry] = 1;
      byLayer[layer] = (byLayer[layer] ?? 0) + view.size(entry);
      files++;
    }
    this.entries = entries;
    this.byLayer = byLayer;
    this.bytes = byLayer.reduce((sum, bytes) => sum + bytes, 0);
    this.files = files;
  }

  has({ layer, entry }: EntryRef): boolean {
    return this.entries.get(layer)?.[entry] === 1;
  }
}

export const nothingIgnored = new IgnoredContent({ layers: [] }, []);

/** Looks for the dead content at paths that any of the patterns fits. */
export function findIgnored(union: Union, ignored: readonly PathGlob[]): IgnoredContent {
  return new IgnoredContent(union, ignoredRefs(union, ignored));
}

function ignoredRefs({ tree, dead, layers }: Union, ignored: readonly PathGlob[]): readonly EntryRef[] {
  const refs: EntryRef[] = [];
  if (ignored.length === 0 || dead.length === 0) return refs;
  const globs = new GlobSet(ignored);
  const byNode = dead.byNode(tree.nodeCount);
  const add = (place: number): void => void refs.push(dead.at(place).ref);
  walkGlobs(tree, globs, (node) => byNode.visit(node, add));
  for (const place of byNode.nameless) {
    const { ref } = dead.at(place);
    if (matchEntry(globs, layers[ref.layer], ref.entry).length > 0) refs.push(ref);
  }
  return refs;
}
