import type { Input } from './keys/key.ts';

/** What is needed of the stream that keys come from: `process.stdin` on a terminal, or what openKeyboard gives. */
export interface Keyboard {
  setRawMode(raw: boolean): unknown;
  on(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
  on(event: 'end' | 'close' | 'error', listener: () => void): unknown;
  off(event: string, listener: (chunk: Buffer | string) => void): unknown;
  resume(): unknown;
  pause(): unknown;
  ref?(): unknown;
  unref?(): unknown;
}

/** What is needed of the stream that the screen is drawn on. */
export interface Display {
  readonly columns?: number;
  readonly rows?: number;
  /** Where there is one, the screen is restored by writing to it at once. */
  readonly fd?: number;
  write(text: string): unknown;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

export interface TerminalOptions {
  readonly input: Keyboard;
  readonly output: Display;
  /** Whether clicks and the wheel are wanted; without them the terminal selects text as ever. */
  readonly mouse: boolean;
  /** Stops the program as Ctrl-Z does elsewhere; `resumed` is called once it goes on. */
  readonly stop: (resumed: () => void) => void;
}

/** Columns and rows of the terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The terminal while it belongs to this program. Listeners are taken off by what their registration returns. */
export interface Screen {
  size(): Size;
  /** Never called without inputs. */
  onInput(listener: (inputs: readonly Input[]) => void): () => void;
  /** Also called when the program goes on after a stop: the screen is empty then, and may have another size. */
  onResize(listener: (size: Size) => void): () => void;
  /** Called when no key can come any more, since the terminal is gone. */
  onClose(listener: () => void): () => void;
  /** Empties the screen, and puts the cursor into its first place. */
  clear(): void;
  /** Gives the terminal back to the shell until the program goes on. */
  suspend(): void;
  /**
   * Puts a text on the clipboard of the terminal, wherever that is (OSC 52). Whether it did, no terminal tells.
   * @returns false if the text is longer than terminals take: 100,000 bytes in base64, 75,000 of UTF-8
   */
  copy(text: string): boolean;
  /** Gives the terminal back for good, at once; all but the first call do nothing. */
  restore(): void;
}
