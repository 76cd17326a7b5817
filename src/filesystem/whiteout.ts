import type { ByteString } from '../text/byte-string.ts';
import type { LayerView } from './layer-view.ts';

/** Prefix of a whiteout's basename (OCI image-spec layer.md, "Whiteouts"). */
const prefix = '.wh.';

/** Marks a directory whose lower children are all hidden ("Opaque Whiteout"). */
const opaque = '.wh..wh..opq';

/** What a basename means. `metadata`: left by aufs (`.wh..wh.plnk` and so on), to be ignored. */
export type NameMeaning =
  | { readonly kind: 'file' }
  | { readonly kind: 'whiteout'; readonly target: ByteString }
  | { readonly kind: 'opaque' }
  | { readonly kind: 'metadata' };

export function meaningOf(name: ByteString): NameMeaning {
  if (!name.startsWith(prefix)) return { kind: 'file' };
  if (name === opaque) return { kind: 'opaque' };
  if (name.startsWith('.wh..wh.')) return { kind: 'metadata' };
  return { kind: 'whiteout', target: name.slice(prefix.length) };
}

/** Numbers of a layer's strings that are whiteout names of any kind; most layers have none. */
export function whiteoutNames(layer: LayerView): ReadonlySet<number> {
  return new Set(layer.stringsStartingWith(prefix));
}
