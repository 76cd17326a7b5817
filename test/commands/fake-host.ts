import { EventEmitter } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { run } from '../../src/run.ts';
import type { Host } from '../../src/commands/host.ts';

/** What a command did, as a shell would see it. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output, byte for byte. */
  readonly bytes: Buffer;
}

export interface FakeOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: Buffer | Readable;
  /** Whether standard output and error are terminals. */
  readonly terminal?: boolean;
  readonly columns?: number;
  /** Called with each chunk of standard output; what it returns fails the write. */
  readonly onWrite?: (chunk: Buffer) => Error | null;
}

/** Runs a command line in this process, with everything it could touch of the real one replaced. */
export async function runFake(args: readonly string[], options: FakeOptions = {}): Promise<Outcome> {
  const { env = {}, stdin = Buffer.alloc(0), terminal = false, columns, onWrite = () => null } = options;
  const output = capture(terminal, columns, onWrite);
  const errors = capture(terminal, columns, () => null);
  const host: Host = Object.assign(new EventEmitter(), {
    argv: ['node', 'layerscope', ...args],
    env,
    platform: 'linux',
    arch: 'x64',
    stdin: stdin instanceof Readable ? stdin : Readable.from(chunked(stdin), { objectMode: false }),
    stdout: output.stream,
    stderr: errors.stream,
    kill: () => true,
    exit: () => {},
  });
  const status = await run(host);
  const bytes = Buffer.concat(output.chunks);
  return { status, stdout: bytes.toString(), stderr: Buffer.concat(errors.chunks).toString(), bytes };
}

/** Pipes give what they like: never the whole, and never whole blocks. */
function* chunked(bytes: Buffer): Generator<Buffer, void, void> {
  const most = Math.max(1000, Math.ceil(bytes.length / 50));
  for (let at = 0; at < bytes.length; at += most) yield bytes.subarray(at, at + most);
}

function capture(isTTY: boolean, columns: number | undefined, onWrite: (chunk: Buffer) => Error | null) {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(Buffer.from(chunk));
      done(onWrite(chunk));
    },
  });
  return { chunks, stream: Object.assign(stream, { isTTY, ...(columns === undefined ? {} : { columns }) }) };
}
