/** A row of a layer: which header, which content. */
export interface EntryRef {
  readonly layer: number;
  readonly entry: number;
}
