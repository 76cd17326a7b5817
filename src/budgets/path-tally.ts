import type { LayerSums } from './measure-layers.ts';

/** So many sums are kept for sets of patterns before they are given to each of them: an image can make up a set per path. */
const keptRows = 50_000;

type Row = { -readonly [Key in keyof LayerSums]: LayerSums[Key] };

/** Adds up what paths have, first for all patterns that fit the same paths, then for each of them. */
export class PathTally {
  private readonly shared = new Map<readonly number[], Map<number, Row>>();
  private readonly byPattern: Map<number, Row>[];
  private rows = 0;

  constructor(patterns: number) {
    this.byPattern = Array.from({ length: patterns }, () => new Map<number, Row>());
  }

  /** @param matched patterns by number; those that are too high are nobody's */
  add(matched: readonly number[], layer: number, sizeBytes: number, wastedBytes: number, fileCount: number): void {
    let rows = this.shared.get(matched);
    if (rows === undefined) this.shared.set(matched, (rows = new Map()));
    const isNew = addTo(rows, layer, sizeBytes, wastedBytes, fileCount);
    if (isNew && ++this.rows > keptRows) this.settle();
  }

  /** By pattern, then by layer; a layer that has nothing is not there. */
  sums(): readonly ReadonlyMap<number, LayerSums>[] {
    this.settle();
    return this.byPattern;
  }

  private settle(): void {
    for (const [matched, rows] of this.shared)
      for (const pattern of matched) {
        const own = this.byPattern[pattern];
        if (own !== undefined)
          for (const [layer, { sizeBytes, wastedBytes, fileCount }] of rows)
            addTo(own, layer, sizeBytes, wastedBytes, fileCount);
      }
    this.shared.clear();
    this.rows = 0;
  }
}

/** Whether it is the layer's first. */
function addTo(
  rows: Map<number, Row>,
  layer: number,
  sizeBytes: number,
  wastedBytes: number,
  fileCount: number,
): boolean {
  const row = rows.get(layer);
  if (row === undefined) {
    rows.set(layer, { sizeBytes, wastedBytes, fileCount });
    return true;
  }
  row.sizeBytes += sizeBytes;
  row.wastedBytes += wastedBytes;
  row.fileCount += fileCount;
  return false;
}
