import { type IncomingHttpHeaders, type IncomingMessage, request as forward, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLoopbackServer } from './loopback-server.ts';

/** What goes wrong with an answer. */
export type Fault =
  /** Another status instead. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Buffer;
    }
  /** The connection ends after so many bytes of the body. */
  | { readonly kind: 'dropped'; readonly after: number }
  /** Nothing more comes after so many bytes of the body, and the connection stays. */
  | { readonly kind: 'stalled'; readonly after: number }
  /** No answer, and the connection stays. */
  | { readonly kind: 'silent' }
  /** A pause before each part of the body. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** The body, bytes changed at will. */
  | { readonly kind: 'altered'; readonly alter: (body: Buffer) => Buffer }
  /** A body that never ends. */
  | { readonly kind: 'endless' }
  /** The answer to a request for a part is the whole. */
  | { readonly kind: 'ranges-ignored' };

/** A request as it came. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface FaultProxy {
  /** `127.0.0.1:PORT`, in place of the upstream's. */
  readonly host: string;
  readonly seen: readonly SeenRequest[];
  /** Bytes of bodies that went to the client. */
  readonly sent: () => number;
  stop(): Promise<void>;
}

const PIECE = 64 * 1024;

/**
 * Stands between a client and a registry that speaks plain HTTP.
 * @param upstream such as `127.0.0.1:5000`
 * @param fault what goes wrong with this request, null if nothing does; `nth` counts those of the same path from 0
 */
export async function startFaultProxy(
  upstream: string,
  fault: (request: SeenRequest, nth: number) => Fault | null,
): Promise<FaultProxy> {
  const seen: SeenRequest[] = [];
  let sent = 0;
  const counted = (response: ServerResponse): void => {
    const write = response.write.bind(response);
    response.write = (chunk: Buffer, ...rest: never[]) => {
      sent += chunk.length;
      return write(chunk, ...rest);
    };
  };
  const { host, stop } = await startLoopbackServer((request, response) => {
    const { method = '', url: path = '', headers } = request;
    const nth = seen.filter((other) => other.path === path).length;
    seen.push({ method, path, headers });
    counted(response);
    // A client that goes away in the middle is no matter of the test's.
    response.on('error', () => undefined);
    void answer(upstream, request, response, fault({ method, path, headers }, nth)).catch(() => response.destroy());
  });
  return { host, seen, sent: () => sent, stop };
}

async function answer(
  upstream: string,
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault | null,
): Promise<void> {
  switch (fault?.kind) {
    case 'silent':
      return;
    case 'status':
      response.writeHead(fault.status, fault.headers).end(fault.body);
      return;
    case 'endless':
      response.writeHead(200);
      while (!response.destroyed) await write(response, Buffer.alloc(PIECE, 'endless '));
      return;
    default:
      await pass(await ask(upstream, request, fault), response, fault);
  }
}

async function pass(upstream: IncomingMessage, response: ServerResponse, fault: Fault | null): Promise<void> {
  const { statusCode = 502, headers } = upstream;
  if (fault?.kind === 'altered') {
    const chunks: Buffer[] = [];
    for await (const chunk of upstream) chunks.push(chunk as Buffer);
    const body = fault.alter(Buffer.concat(chunks));
    response.writeHead(statusCode, { ...headers, 'content-length': body.length });
    for (let at = 0; at < body.length; at += PIECE) if (!(await write(response, body.subarray(at, at + PIECE)))) return;
    response.end();
    return;
  }
  response.writeHead(statusCode, headers);
  response.flushHeaders();
  let left = fault?.kind === 'dropped' || fault?.kind === 'stalled' ? fault.after : Infinity;
  for await (const chunk of upstream as AsyncIterable<Buffer>) {
    if (fault?.kind === 'slow') await sleep(fault.milliseconds);
    if (!(await write(response, chunk.subarray(0, left)))) return;
    left -= chunk.length;
    if (left > 0) continue;
    if (fault?.kind === 'dropped') response.destroy();
    return;
  }
  response.end();
}

/** @returns false once the client has gone */
async function write(response: ServerResponse, chunk: Buffer): Promise<boolean> {
  if (response.destroyed) return false;
  return await new Promise((resolve) => {
    const gone = (): void => resolve(false);
    response.once('close', gone);
    response.write(chunk, (error) => {
      response.off('close', gone);
      resolve(error === null || error === undefined);
    });
  });
}

/** The same request upstream, under the name the client knows: registries put that into what they answer. */
async function ask(upstream: string, request: IncomingMessage, fault: Fault | null): Promise<IncomingMessage> {
  const { range, ...rest } = request.headers;
  const headers = fault?.kind === 'ranges-ignored' || range === undefined ? rest : { ...rest, range };
  return await new Promise((resolve, reject) => {
    const upstreamRequest = forward(
      `http://${upstream}${request.url}`,
      { method: request.method ?? 'GET', headers },
      resolve,
    );
    upstreamRequest.on('error', reject);
    request.pipe(upstreamRequest);
  });
}
