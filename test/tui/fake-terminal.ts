import { EventEmitter } from 'node:events';
import type { Display, Keyboard } from '../../src/tui/screen.ts';

/** A keyboard that keeps what was done to it. */
export class FakeKeyboard extends EventEmitter implements Keyboard {
  readonly calls: string[] = [];

  setRawMode(raw: boolean): void {
    this.calls.push(raw ? 'raw' : 'cooked');
  }

  resume(): void {
    this.calls.push('resume');
  }

  pause(): void {
    this.calls.push('pause');
  }

  ref(): void {
    this.calls.push('ref');
  }

  unref(): void {
    this.calls.push('unref');
  }

  /** The calls since it was last asked. */
  taken(): string[] {
    return this.calls.splice(0);
  }

  type(text: string | Buffer): void {
    this.emit('data', text);
  }
}

/** A display that keeps what was written to it; without a file descriptor unless it is given one. */
export class FakeDisplay extends EventEmitter implements Display {
  columns = 80;
  rows = 24;
  readonly fd?: number;
  #written = '';

  constructor(fd?: number) {
    super();
    if (fd !== undefined) this.fd = fd;
  }

  write(text: string): void {
    this.#written += text;
  }

  /** What was written since it was last asked. */
  taken(): string {
    const written = this.#written;
    this.#written = '';
    return written;
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }
}
