import type { ByteString } from '../text/byte-string.ts';

/**
 * A pattern for paths of an image, such as `/usr/share/doc/**` or `**` + `/.git/**`. `*`, `?` and `[a-z]` stand for
 * characters of one name, `**` alone between slashes for any directories. What fits a directory stands for everything
 * below it, too (as in an ignore file).
 */
export interface PathGlob {
  /** As written. */
  readonly text: string;
  /** Between the slashes, the first one left out. At least one; no two `directories` beside each other. */
  readonly parts: readonly GlobPart[];
}

/** Names, and what they begin and end with, are in bytes, as those of an image are. */
export type GlobPart =
  /** In the end it stands for at least one name. */
  { readonly kind: 'directories' } | { readonly kind: 'name'; readonly name: ByteString } | GlobPattern;

export interface GlobPattern {
  readonly kind: 'pattern';
  /** What each name that fits begins with, ends with, and has the most of: to find the few patterns that a name may fit. */
  readonly start: ByteString;
  readonly end: ByteString;
  readonly core: ByteString;
  readonly fits: (name: ByteString) => boolean;
}

/** `*` */
export const anyName: GlobPattern = { kind: 'pattern', start: '', end: '', core: '', fits: () => true };
