import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { problem, reasonOf } from '../errors.ts';
import type { LogLine } from './log/log-line.ts';
import { LogCapture } from './log-capture.ts';

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

const signals: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export interface BuilderOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Read what it prints; else it has the terminal to itself. */
  readonly log: 'captured' | 'shown';
  /** Whether keys such as Ctrl-C come from a terminal, which sends signals to the builder, too. */
  readonly onTerminal: boolean;
  /** Where this program's own signals come from. */
  readonly signals: {
    once(signal: Signal, listener: () => void): unknown;
    off(signal: Signal, listener: () => void): unknown;
  };
}

export interface BuilderRun {
  /** As a shell has it: 128 and the signal's number, where one ended it. */
  readonly status: number;
  readonly lines: readonly LogLine[];
}

/**
 * Runs a builder, with no shell between, and waits for it. What it prints is passed on while it comes. Signals are the
 * builder's, which has containers to stop: this program stays until that is gone.
 * @throws LayerscopeError `builder-failed-to-start`
 */
export async function runBuilder(file: string, args: readonly string[], options: BuilderOptions): Promise<BuilderRun> {
  const { env, stdout, stderr, log } = options;
  const output = log === 'captured' ? 'pipe' : 'inherit';
  const child = spawn(file, args, { stdio: ['inherit', output, output], env });
  const capture = new LogCapture(Date.now);
  if (child.stdout !== null) passOn(child.stdout, stdout, capture);
  if (child.stderr !== null) passOn(child.stderr, stderr, capture);
  const stopListening = signals.map((signal) => {
    const listener = (): void => {
      options.signals.once(signal, listener);
      if (signal !== 'SIGINT' || !options.onTerminal) child.kill(signal);
    };
    options.signals.once(signal, listener);
    return () => options.signals.off(signal, listener);
  });
  try {
    const status = await new Promise<number>((resolve, reject) => {
      child.once('error', (error) =>
        reject(problem('builder-failed-to-start', { program: file, reason: reasonOf(error) }, error)),
      );
      child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
    });
    return { status, lines: capture.end() };
  } finally {
    for (const stop of stopListening) stop();
  }
}

function passOn(from: Readable, to: Writable, capture: LogCapture): void {
  from.on('data', capture.stream());
  // Whoever reads our output may go; the build goes on, as it would without us.
  to.once('error', () => from.resume());
  from.pipe(to, { end: false });
}
