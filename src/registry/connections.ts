import { setMaxListeners } from 'node:events';
import { Agent as PlainAgent, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { callbackify } from 'node:util';
import { ask } from './ask.ts';
import { awaitedBody } from './awaited-body.ts';
import { bodyChunks } from './body-chunks.ts';
import { connect } from './connect.ts';
import { keptFor } from './limits.ts';
import { networkFailure } from './network-failure.ts';
import type { Pace } from './pace.ts';
import { proxyFor } from './proxy-for.ts';
import type { TlsSettings } from './tls-settings.ts';
import type { HttpAnswer, HttpRequest } from './http-message.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The connections to a registry and to the hosts it sends to, through proxies where the environment says so. */
export class Connections {
  readonly #env: Environment;
  readonly #tls: TlsSettings;
  readonly #pace: Pace;
  readonly #closed = new AbortController();
  /** By the origin, and by the proxy that is gone through. */
  readonly #agents = new Map<string, PlainAgent>();
  /** Origins that answered before: they are no typing errors. */
  readonly #known = new Set<string>();

  constructor(env: Environment, tls: TlsSettings, pace: Pace) {
    this.#env = env;
    this.#tls = tls;
    this.#pace = pace;
    // Each request listens; many at once are no leak.
    setMaxListeners(0, this.#closed.signal);
  }

  /**
   * Sends a request; neither follows redirects nor tries again.
   * @throws PassingFailure, LayerscopeError `registry-unreachable`, `registry-certificate`, `registry-not-tls`,
   * `registry-malformed`, `usage` for a proxy that is none
   */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const { url } = request;
    const { limits } = this.#pace;
    const proxy = proxyFor(url, this.#env);
    try {
      const answer = await ask(request, this.#agentFor(url, proxy), limits.answer, this.#closed.signal);
      this.#known.add(url.origin);
      const all = (name: string): readonly string[] => valuesOf(answer, name);
      return {
        url,
        status: answer.statusCode ?? 0,
        header: (name) => all(name).join(', ') || null,
        headers: all,
        body: bodyChunks(awaitedBody(answer, limits.idle), url, this.#pace),
        discard: () => answer.destroy(),
      };
    } catch (error) {
      const known = this.#known.has(url.origin);
      throw networkFailure(error, url, { known, proxy, limits });
    }
  }

  /** Ends every connection at once. */
  close(): void {
    this.#closed.abort();
    for (const agent of this.#agents.values()) agent.destroy();
  }

  #agentFor(url: URL, proxy: URL | null): PlainAgent {
    const key = `${url.origin} ${proxy?.href ?? ''}`;
    const known = this.#agents.get(key);
    if (known !== undefined) return known;
    const closed = this.#closed.signal;
    const settings = { proxy, tls: this.#tls, timeout: this.#pace.limits.connect, closed };
    const made = new (url.protocol === 'https:' ? SecureAgent : PlainAgent)({ keepAlive: true, timeout: keptFor });
    const connected = callbackify(() => connect(url, settings));
    made.createConnection = (_, callback) => {
      connected((error, socket) => {
        if (closed.aborted) socket?.destroy();
        // Until a request has it, nobody listens.
        else socket?.on('error', () => undefined);
        callback?.(error, socket);
      });
      return null;
    };
    this.#agents.set(key, made);
    return made;
  }
}

/** Each value of a header; text is UTF-8 where it is more than ASCII, such as in a redirect. */
function valuesOf({ rawHeaders }: IncomingMessage, name: string): string[] {
  return rawHeaders
    .filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name)
    .map((value) => Buffer.from(value, 'latin1').toString());
}
