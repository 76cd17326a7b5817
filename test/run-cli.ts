import { Readable, Writable } from 'node:stream';
import type { Host, Terminal } from '../src/commands/host.ts';
import { run } from '../src/run.ts';

/** What a run of the command line left. */
export interface CliResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process, on no terminal. */
export async function runCli(...args: readonly string[]): Promise<CliResult> {
  const [stdout, stderr] = [collector(), collector()];
  const host: Host = {
    argv: ['node', 'layerscope', ...args],
    env: {},
    platform: 'linux',
    arch: 'x64',
    stdin: Readable.from([]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    once: () => {},
    off: () => {},
    kill: () => true,
    exit: () => {},
  };
  const status = await run(host);
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}

function collector(): { stream: Terminal; text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}
