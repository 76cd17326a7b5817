/** A list of 32-bit integers that grows: a column that is filled from the top. */
export class IntList {
  private values: Int32Array<ArrayBuffer>;
  private used = 0;

  constructor(capacity = 256) {
    this.values = new Int32Array(capacity);
  }

  get length(): number {
    return this.used;
  }

  push(value: number): void {
    if (this.used === this.values.length) {
      const grown = new Int32Array(this.values.length * 2);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.used++] = value;
  }

  at(place: number): number {
    return this.values[place] ?? 0;
  }

  set(place: number, value: number): void {
    this.values[place] = value;
  }
}
