import type { PlacedPiece } from './sparse-layout.ts';

/** Bytes of the entry `row`, and where in its file they belong. */
export interface ContentPiece extends PlacedPiece {
  readonly row: number;
}
