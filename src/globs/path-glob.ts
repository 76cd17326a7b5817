/**
 * A pattern for paths of an image, such as `/usr/share/doc/**` or `**` + `/.git/**`. `*`, `?` and `[a-z]` stand for
 * characters of one name, `**` alone between slashes for any directories. What fits a directory stands for everything
 * below it, too (as in an ignore file).
 */
export interface PathGlob {
  /** As written. */
  readonly text: string;
  /** Between the slashes, the first one left out. */
  readonly parts: readonly GlobPart[];
}

export type GlobPart =
  | { readonly kind: 'directories' }
  /** In bytes, as names of an image are (`ByteString`). */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'pattern'; readonly fits: (name: string) => boolean };
