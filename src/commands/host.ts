import type { Readable, Writable } from 'node:stream';

/** The part of `process` that commands use, so that a test can stand in for it. */
export interface Host {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly arch: string;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  /** Told when the user or the system ends the program. */
  once(signal: Signal | 'SIGCONT', listener: () => void): unknown;
  off(signal: Signal | 'SIGCONT', listener: () => void): unknown;
  kill(process: number, signal: 'SIGTSTP'): unknown;
  exit(status: number): void;
}

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

export interface Terminal extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  readonly fd?: number;
}

/** Whether a stream takes colours (NO_COLOR, FORCE_COLOR and TERM as everyone reads them). */
export function takesColors({ env }: Host, stream: Terminal): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** Columns of a stream; what is no terminal gets a width that reads well in a log. */
export function widthOf(stream: Terminal): number {
  return Math.max(60, stream.columns ?? 100);
}
