/** What dive knows of the sizes of a path over the layers, as columns: a row per node of the `PathTree`. */
export class PathSizes {
  private sums = new Float64Array(1024);
  /** -1 until the first size is known, and for good where dive gives up before. */
  private smallests = new Float64Array(1024);
  private counts = new Uint32Array(1024);
  private named = new Uint8Array(1024);

  /** Notes a path, if only that there is one. */
  name(node: number): void {
    if (node >= this.named.length) this.grow(node + 1);
    if (this.named[node] === 1) return;
    this.named[node] = 1;
    this.smallests[node] = -1;
  }

  /** One more size of a path that was noted. */
  add(node: number, size: number): void {
    const smallest = this.smallest(node);
    this.sums[node] = this.sum(node) + size;
    this.counts[node] = this.count(node) + 1;
    if (smallest < 0 || size < smallest) this.smallests[node] = size;
  }

  /** The paths that were noted. */
  *nodes(): Generator<number, void, void> {
    for (let node = 0; node < this.named.length; node++) if (this.named[node] === 1) yield node;
  }

  sum(node: number): number {
    return this.sums[node] ?? 0;
  }

  smallest(node: number): number {
    return this.smallests[node] ?? 0;
  }

  count(node: number): number {
    return this.counts[node] ?? 0;
  }

  private grow(atLeast: number): void {
    const rows = Math.max(atLeast, this.named.length * 2);
    const { sums, smallests, counts, named } = this;
    (this.sums = new Float64Array(rows)).set(sums);
    (this.smallests = new Float64Array(rows)).set(smallests);
    (this.counts = new Uint32Array(rows)).set(counts);
    (this.named = new Uint8Array(rows)).set(named);
  }
}
