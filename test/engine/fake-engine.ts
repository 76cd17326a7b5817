import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of the running test, gone after it. Short: a socket's path has at most 107 bytes. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ls-engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

type Answers = Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>>;

export interface FakeEngine {
  readonly listener: RequestListener;
  /** What it was asked, in order. */
  readonly asked: readonly string[];
  /** Connections that it has been given. */
  readonly connections: () => number;
}

/** Answers by path and query; what is not told is answered as Docker 28 answers for an image `app:dev`. */
export function fakeEngine(answers: Answers = {}): FakeEngine {
  const asked: string[] = [];
  const sockets = new Set<unknown>();
  const usual: Answers = {
    '/_ping': (response) => response.writeHead(200, { 'api-version': '1.51' }).end('OK'),
    '/v1.51/images/app%3Adev/json': (response) => response.end(image(['app:dev'])),
    '/v1.51/images/app%3Adev/get': (response) => response.end('the archive'),
  };
  const listener: RequestListener = (request, response) => {
    sockets.add(request.socket);
    const url = request.url ?? '';
    asked.push(url);
    const answer = answers[url] ?? usual[url];
    if (answer === undefined) response.writeHead(404).end('{"message":"no such thing"}');
    else answer(response, request);
  };
  return { listener, asked, connections: () => sockets.size };
}

/** What an engine knows of an image. */
export function image(tags: readonly string[], id = `sha256:${'ab'.repeat(32)}`): string {
  return JSON.stringify({ Id: id, RepoTags: tags });
}

/** Listens on a socket of the test's own until the test ends. @returns its path */
export async function listen(listener: RequestListener): Promise<string> {
  const path = join(testFolder(), 'engine.sock');
  await start(createServer(listener), path);
  return path;
}

/** The same for any server, on a path or a free port of this machine. */
export async function start<S extends Server>(server: S, at: string | number): Promise<S> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (typeof at === 'string') server.listen(at, resolve);
    else server.listen(at, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  return server;
}
