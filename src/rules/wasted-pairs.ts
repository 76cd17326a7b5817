import type { DeadFile } from '../filesystem/dead-content.ts';
import { causeOf, type WasteCause } from '../analysis/waste.ts';
import type { ByteString } from '../text/byte-string.ts';
import { groupBy } from './group-by.ts';
import type { RuleInput } from './rule.ts';

/** Dead content of one cause, held by one layer and made dead by another: two lines that do not go together. */
export interface WastedPair {
  /** The layer that holds the bytes. */
  readonly layer: number;
  readonly byLayer: number;
  readonly files: readonly (DeadFile & { readonly path: ByteString; readonly bytes: number })[];
}

/** All pairs of one cause whose bytes are neither ignored nor known to be the base image's, most bytes first. */
export function wastedPairs({ union, contents, steps, ignored }: RuleInput, wanted: WasteCause): WastedPair[] {
  const files: WastedPair['files'][number][] = [];
  for (let at = 0; at < union.dead.length; at++) {
    const dead = union.dead.at(at);
    const { layer, entry } = dead.ref;
    if (dead.node === null || ignored.has(dead.ref)) continue;
    if (steps[layer]?.origin === 'base' || causeOf(union, contents, dead) !== wanted) continue;
    files.push({ ...dead, path: union.tree.path(dead.node), bytes: union.layers[layer]?.size(entry) ?? 0 });
  }
  const pairs = groupBy(files, ({ ref, byLayer }) => `${ref.layer} ${byLayer}`);
  return [...pairs.values()]
    .map((group) => ({ layer: group[0]?.ref.layer ?? 0, byLayer: group[0]?.byLayer ?? 0, files: group }))
    .sort((a, b) => bytesOf(b) - bytesOf(a) || a.layer - b.layer || a.byLayer - b.byLayer);
}

export function bytesOf({ files }: Pick<WastedPair, 'files'>): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
