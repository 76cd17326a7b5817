import { openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import type { Input } from './keys/key.ts';
import { InputParser } from './keys/parse-input.ts';
import type { Display, Keyboard, Screen, Size, TerminalOptions } from './screen.ts';

/** How long an escape may be the start of a sequence, in milliseconds. Sequences arrive whole, but for slow lines. */
const escapeDelay = 25;

/** xterm and tmux drop what is longer than about this. */
const longestCopy = 100_000;

/** The longest that timers take, in milliseconds. */
const longestInterval = 2 ** 31 - 1;

/** For a terminal that does not tell. */
const usualSize: Size = { columns: 80, rows: 24 };

const modes = {
  screen: '\u001b[?1049h',
  hideCursor: '\u001b[?25l',
  mouse: '\u001b[?1000h\u001b[?1006h',
  paste: '\u001b[?2004h',
  noMouse: '\u001b[?1006l\u001b[?1000l',
  noPaste: '\u001b[?2004l',
  showCursor: '\u001b[?25h',
  // Colours are reset with it: an error may have come in the midst of a row.
  mainScreen: '\u001b[0m\u001b[?1049l',
  clear: '\u001b[2J\u001b[H',
};

/** Takes the terminal: raw mode, the other screen, no cursor, the mouse if wanted, pastes told from typing. */
export function openTerminal({ input, output, mouse, stop }: TerminalOptions): Screen {
  const inputs = new Set<(inputs: readonly Input[]) => void>();
  const resizes = new Set<(size: Size) => void>();
  const closes = new Set<() => void>();
  let parser = new InputParser();
  let silence: NodeJS.Timeout | undefined;
  let waiting: NodeJS.Timeout | undefined;
  let state: 'entered' | 'stopped' | 'restored' = 'stopped';

  const size = (): Size => ({
    columns: output.columns || usualSize.columns,
    rows: output.rows || usualSize.rows,
  });
  const tell = (taken: readonly Input[]): void => {
    if (taken.length > 0) for (const listener of inputs) listener(taken);
  };
  const take = (chunk: Buffer | string): void => {
    clearTimeout(silence);
    silence = setTimeout(() => tell(parser.flush()), escapeDelay);
    tell(parser.push(chunk));
  };
  const resized = (): void => {
    for (const listener of resizes) listener(size());
  };
  const closed = (): void => {
    for (const listener of closes) listener();
  };

  const enter = (): void => {
    // First, for it alone can fail, and nothing has to be taken back then.
    input.setRawMode(true);
    state = 'entered';
    output.write(modes.screen + modes.hideCursor + (mouse ? modes.mouse : '') + modes.paste + modes.clear);
    input.ref?.();
    input.on('data', take);
    input.resume();
  };
  const leave = (): void => {
    clearTimeout(silence);
    parser = new InputParser();
    input.off('data', take);
    writeNow(output, (mouse ? modes.noMouse : '') + modes.noPaste + modes.showCursor + modes.mainScreen);
    quietly(() => input.setRawMode(false));
    input.pause();
    // Or a read that is under way would keep the program from ending.
    input.unref?.();
  };

  enter();
  output.on('resize', resized);
  for (const event of ['end', 'close', 'error'] as const) input.on(event, closed);

  return {
    size,
    onInput: (listener) => registered(inputs, listener),
    onResize: (listener) => registered(resizes, listener),
    onClose: (listener) => registered(closes, listener),
    clear() {
      if (state === 'entered') output.write(modes.clear);
    },
    suspend() {
      if (state !== 'entered') return;
      state = 'stopped';
      leave();
      // Nothing else may be under way, and the program would end as soon as it goes on, before it hears of it.
      waiting = setInterval(() => {}, longestInterval);
      stop(() => {
        if (state !== 'stopped') return;
        clearInterval(waiting);
        enter();
        resized();
      });
    },
    copy(text) {
      const encoded = Buffer.from(text).toString('base64');
      if (encoded.length > longestCopy || state !== 'entered') return false;
      output.write(`\u001b]52;c;${encoded}\u0007`);
      return true;
    },
    restore() {
      const entered = state === 'entered';
      state = 'restored';
      if (entered) leave();
      clearInterval(waiting);
      output.off('resize', resized);
      // The listeners of the input stay: an error without one would end the program, and not quietly.
      for (const listeners of [inputs, resizes, closes]) listeners.clear();
    },
  };
}

/**
 * Where keys come from: standard input if it is a terminal, else, as when an image is piped into it, the terminal that the
 * program was started from.
 * @returns null if there is none, and on Windows, which has no such file
 */
export function openKeyboard(input: object): Keyboard | null {
  if (isKeyboard(input)) return input;
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch {
    return null;
  }
}

function isKeyboard(input: object): input is Keyboard {
  return 'isTTY' in input && input.isTTY === true && 'setRawMode' in input;
}

function registered<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Writes at once, for the program may be about to end. */
function writeNow(output: Display, text: string): void {
  if (output.fd === undefined) {
    output.write(text);
    return;
  }
  let rest = Buffer.from(text);
  // A terminal that takes nothing now (EAGAIN, where it does not block) is tried again, but not for ever.
  for (let attempts = 0; rest.length > 0 && attempts < mostAttempts; attempts++) {
    try {
      rest = rest.subarray(writeSync(output.fd, rest));
    } catch (error) {
      if (!isBusy(error)) return;
    }
  }
}

/** Some milliseconds' worth. */
const mostAttempts = 10_000;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}

/** A terminal that is gone cannot be restored, and need not be. */
function quietly(work: () => unknown): void {
  try {
    work();
  } catch {
    // Nothing to be done about it.
  }
}
