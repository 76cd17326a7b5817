/** The rows of a tree or list, by number from 0. Nothing is laid out but what is asked for. */
export interface Rows {
  readonly count: number;
  /** The nodes of some rows with their depth, from the top; fewer at the end. */
  window(top: number, height: number): readonly Row[];
  /** The row of a node, or of the nearest directory above it that has one; 0 if there is none. */
  rowOf(node: number): number;
}

export interface Row {
  readonly node: number;
  /** 0 for what lies in the root. */
  readonly depth: number;
}
