import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** The built program, which is what runs in the terminal. */
const program = fromRoot('dist/bin.js');
export const isBuilt = existsSync(program);
export const demoImage = fromRoot('fixtures/demo.tar');
export const demoDockerfile = fromRoot('fixtures/demo/Dockerfile');

/** Longest wait for what a test expects to see, in milliseconds: only a test that fails ever waits for it. */
const patience = 20_000;

/** What of this process's environment would change what is drawn. */
const ownVariables =
  /^(CI|CONTINUOUS_INTEGRATION|NO_COLOR|FORCE_COLOR|COLORFGBG|INK_SCREEN_READER|NODE_ENV|LAYERSCOPE_.*)$/;

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Where it runs, and looks for a configuration. */
  readonly cwd: string;
}

/** How a program ended: a status, or the signal that killed it. */
export interface Ending {
  readonly status: number;
  readonly signal: number;
}

/** A place of the screen. */
export interface Cell {
  readonly text: string;
  readonly inverse: boolean;
  readonly bold: boolean;
  readonly underlined: boolean;
  readonly colored: boolean;
}

/** A private mode of the terminal, by what it does. */
const modes = { screen: 1049, cursor: 25, clicks: 1000, sgrMouse: 1006, paste: 2004, frame: 2026 } as const;
export type Modes = Readonly<Record<keyof typeof modes, boolean>>;

/** As a shell expects to find its terminal. */
export const restored: Modes = {
  screen: false,
  cursor: true,
  clicks: false,
  sgrMouse: false,
  paste: false,
  frame: false,
};

/** Runs the built program in a terminal. */
export function runProgram(args: readonly string[], options: TerminalOptions): TerminalRun {
  return new TerminalRun(process.execPath, [program, ...args], options);
}

/** Runs a shell command in a terminal; `$LAYERSCOPE` is what starts the program. */
export function runShell(command: string, options: TerminalOptions): TerminalRun {
  const env = { ...options.env, LAYERSCOPE: `${process.execPath} ${program}` };
  return new TerminalRun('/bin/sh', ['-c', command], { ...options, env });
}

/** A program in a pseudo-terminal whose output a terminal emulator shows. */
export class TerminalRun {
  readonly ended: Promise<Ending>;
  readonly #pty: IPty;
  readonly #terminal: InstanceType<typeof xterm.Terminal>;
  #output = '';
  /** Pieces of the output that the terminal has not got to yet. */
  #unread = 0;
  #isOver = false;

  constructor(file: string, args: readonly string[], { columns = 100, rows = 30, env = {}, cwd }: TerminalOptions) {
    const inherited = Object.entries(process.env).filter(([name]) => !ownVariables.test(name));
    this.#terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
    this.#pty = spawn(file, [...args], {
      // What TERM becomes, whatever the environment says.
      name: env['TERM'] ?? 'xterm-256color',
      cols: columns,
      rows,
      cwd,
      env: { ...Object.fromEntries(inherited), CI: 'false', ...env },
    });
    this.#pty.onData((data) => {
      this.#output += data;
      this.#unread++;
      this.#terminal.write(data, () => void this.#unread--);
    });
    this.ended = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode, signal }) => {
        this.#isOver = true;
        // What was written last is still to be shown.
        this.#terminal.write('', () => resolve({ status: exitCode, signal: signal ?? 0 }));
      });
    });
  }

  /** Of what was started; a shell that runs one command becomes it. */
  get pid(): number {
    return this.#pty.pid;
  }

  /** Everything that was written, sequences and all. */
  get output(): string {
    return this.#output;
  }

  /** The rows that are seen now, without the spaces at their ends. */
  rows(): string[] {
    const { active } = this.#terminal.buffer;
    return Array.from(
      { length: this.#terminal.rows },
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    );
  }

  /** The row, and its number from 0, that a text stands in. */
  rowWith(text: string): { readonly row: number; readonly text: string; readonly column: number } {
    const rows = this.rows();
    const row = rows.findIndex((each) => each.includes(text));
    if (row < 0) throw new Error(`no row with ${JSON.stringify(text)}:\n${rows.join('\n')}`);
    return { row, text: rows[row] ?? '', column: rows[row]?.indexOf(text) ?? -1 };
  }

  /** What is in a cell, and how it looks. */
  cellAt(row: number, column: number): Cell {
    const { active } = this.#terminal.buffer;
    const cell = active.getLine(active.baseY + row)?.getCell(column);
    if (cell === undefined) throw new RangeError(`no cell at ${row}, ${column}`);
    return {
      text: cell.getChars(),
      inverse: cell.isInverse() !== 0,
      bold: cell.isBold() !== 0,
      underlined: cell.isUnderline() !== 0,
      colored: !cell.isFgDefault() || !cell.isBgDefault(),
    };
  }

  /** Waits until a text is seen, or what else is expected of the rows. @throws with what is seen instead */
  async until(expected: string | RegExp | ((rows: readonly string[]) => boolean)): Promise<void> {
    const isSeen = (): boolean => {
      // No half of a frame.
      if (this.#unread > 0 || this.modes().frame) return false;
      const rows = this.rows();
      if (typeof expected === 'function') return expected(rows);
      return rows.some((row) => (typeof expected === 'string' ? row.includes(expected) : expected.test(row)));
    };
    const give = performance.now() + patience;
    while (!isSeen()) {
      if (performance.now() > give || (this.#isOver && !isSeen()))
        throw new Error(
          `${String(expected)}: ${this.#isOver ? 'the program is over' : 'never seen'}:\n${this.rows().join('\n')}`,
        );
      await delay(5);
    }
  }

  /** Presses keys, and waits for what they do. */
  async press(keys: string, expected: Parameters<TerminalRun['until']>[0]): Promise<void> {
    this.#pty.write(keys);
    await this.until(expected);
  }

  send(keys: string): void {
    this.#pty.write(keys);
  }

  /** Writes on the screen what the program knows nothing of. */
  scribble(text: string): void {
    this.#terminal.write(text);
  }

  kill(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** What the terminal was last told of each of its modes. */
  modes(): Modes {
    const isOn = (mode: number): boolean => {
      const [on, off] = [this.#output.lastIndexOf(`\u001b[?${mode}h`), this.#output.lastIndexOf(`\u001b[?${mode}l`)];
      return on === off ? mode === modes.cursor : on > off;
    };
    return Object.fromEntries(Object.entries(modes).map(([name, mode]) => [name, isOn(mode)])) as Modes;
  }

  /** Waits for the end. @returns it, with the state of the terminal that it left */
  async end(): Promise<Ending & { modes: Modes; buffer: 'normal' | 'alternate' }> {
    const ending = await this.ended;
    return { ...ending, modes: this.modes(), buffer: this.#terminal.buffer.active.type };
  }

  /** Ends what is still running, for a test that failed. */
  abandon(): void {
    if (!this.#isOver) this.#pty.kill('SIGKILL');
  }
}

/** Keys as terminals send them. */
export const keys = {
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  enter: '\r',
  escape: '\u001b',
  tab: '\t',
  ctrlC: '\u0003',
  ctrlU: '\u0015',
  ctrlZ: '\u001a',
} as const;

/** A click or a turn of the wheel at a cell, from 0, as a terminal with SGR mouse reports sends it. */
export function mouse(button: 'left' | 'wheel-up' | 'wheel-down', row: number, column: number): string {
  const code = { left: 0, 'wheel-up': 64, 'wheel-down': 65 }[button];
  return `\u001b[<${code};${column + 1};${row + 1}M`;
}
