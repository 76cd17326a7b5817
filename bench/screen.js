import { execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import { highWaterMark } from './measure.js';

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));

/** Ends every frame (synchronized update). */
const frameEnd = '\u001b[?2026l';

/** A key that draws nothing after this many milliseconds draws nothing at all. */
const patience = 1500;

/** The built program on a terminal of its own: times are from a key's write to the last byte of its frame. */
export class ProgramScreen {
  #pty;
  #text = '';
  #tail = '';
  #isOver = false;
  #started = performance.now();
  /** When the last frame was there. */
  #lastFrame = 0;
  /** @type {(() => void) | null} */
  #wake = null;
  frames = 0;

  /**
   * @param {string} image
   * @param {{ columns: number, rows: number }} size
   */
  constructor(image, { columns, rows }) {
    const env = { ...process.env, CI: 'false', TERM: 'xterm-256color', INK_SCREEN_READER: '' };
    this.#pty = spawn(execPath, [bin, image], { cols: columns, rows, env });
    this.#pty.onData((data) => this.#take(data));
    this.#pty.onExit(() => {
      this.#isOver = true;
      this.#wake?.();
    });
  }

  /** Milliseconds from the start of the program to its first frame. */
  async firstFrame() {
    await this.#until(() => this.frames > 0, 60_000);
    return this.#lastFrame - this.#started;
  }

  /**
   * Waits for a frame with a text in it.
   * @param {string} text
   */
  async shows(text) {
    await this.#until(() => this.#text.includes(text), 180_000);
  }

  /**
   * Types a key.
   * @param {string} key
   * @returns {Promise<number | null>} milliseconds to its frame; null if it draws none
   */
  async key(key) {
    const { frames } = this;
    this.#text = '';
    const start = performance.now();
    this.#pty.write(key);
    const isDrawn = await this.#until(() => this.frames > frames, patience);
    const taken = this.#lastFrame - start;
    // The next key comes to a program that waits for it.
    await sleep(5);
    return isDrawn ? taken : null;
  }

  /**
   * Types a key many times, as fast as the terminal takes it.
   * @param {string} key
   * @param {number} times
   * @returns {Promise<{ frames: number, behind: number }>} frames drawn, and milliseconds from the last key to the last one
   */
  async hold(key, times) {
    const { frames } = this;
    for (let at = 0; at < times; at++) {
      this.#pty.write(key);
      await sleep(1);
    }
    const typed = performance.now();
    let drawn = -1;
    while (drawn !== this.frames) {
      drawn = this.frames;
      await sleep(500);
    }
    return { frames: drawn - frames, behind: Math.max(0, this.#lastFrame - typed) };
  }

  /** The most memory that the program had resident at once, in bytes; 0 if the system does not tell. */
  peakMemory() {
    return highWaterMark(this.#pty.pid);
  }

  async end() {
    this.#pty.write('\u0003');
    await this.#until(() => this.#isOver, 5000);
    if (!this.#isOver) this.#pty.kill();
  }

  /** @param {string} data */
  #take(data) {
    this.#text = (this.#text + data).slice(-200_000);
    const seen = this.#tail + data;
    const ends = seen.split(frameEnd).length - 1;
    // An end may come in two pieces; a whole one is never longer than the tail.
    this.#tail = seen.slice(Math.max(seen.lastIndexOf(frameEnd) + frameEnd.length, seen.length - frameEnd.length + 1));
    if (ends > 0) {
      this.frames += ends;
      this.#lastFrame = performance.now();
    }
    this.#wake?.();
  }

  /**
   * @param {() => boolean} isTrue
   * @param {number} milliseconds
   */
  async #until(isTrue, milliseconds) {
    const end = performance.now() + milliseconds;
    while (!isTrue() && !this.#isOver) {
      const left = end - performance.now();
      if (left <= 0) return false;
      const { promise, resolve } = resolvable();
      const timer = setTimeout(resolve, left);
      this.#wake = resolve;
      await promise;
      clearTimeout(timer);
      this.#wake = null;
    }
    return isTrue();
  }
}

/** @returns {{ promise: Promise<void>, resolve: () => void }} */
function resolvable() {
  let resolve = () => {};
  /** @type {Promise<void>} */
  const promise = new Promise((fulfil) => (resolve = fulfil));
  return { promise, resolve };
}
