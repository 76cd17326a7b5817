import { Agent, type Dispatcher, request as undiciRequest } from 'undici';
import { bodyChunks } from './body-chunks.ts';
import { AnswerTimeout, networkFailure } from './network-failure.ts';
import type { Pace } from './pace.ts';
import { proxyFor } from './proxy-for.ts';
import type { TlsSettings } from './tls-settings.ts';
import { tunnelThrough } from './tunnel.ts';

/** A request; its URL has neither user nor password. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer whose body is still to be read, or to be given up. */
export interface HttpAnswer {
  readonly url: URL;
  readonly status: number;
  /** Null if there is none; several of a name are joined as RFC 9110, 5.3 has it. */
  readonly header: (name: string) => string | null;
  /** Each of a name by itself. */
  readonly headers: (name: string) => readonly string[];
  /** To be read once, see `bodyChunks`. */
  readonly body: AsyncIterable<Buffer>;
  /** Gives up the body unread. */
  readonly discard: () => void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The connections to a registry and to the hosts it sends to, through proxies where the environment says so. */
export class Connections {
  readonly #env: Environment;
  readonly #tls: TlsSettings;
  readonly #pace: Pace;
  readonly #closed = new AbortController();
  /** By the proxy that is gone through; null for none. */
  readonly #dispatchers = new Map<string | null, Dispatcher>();
  /** Origins that answered before: they are no typing errors. */
  readonly #known = new Set<string>();

  constructor(env: Environment, tls: TlsSettings, pace: Pace) {
    this.#env = env;
    this.#tls = tls;
    this.#pace = pace;
  }

  /**
   * Sends a request; neither follows redirects nor tries again.
   * @throws PassingFailure, LayerscopeError `registry-unreachable`, `registry-certificate`, `registry-not-tls`,
   * `registry-malformed`, `usage` for a proxy that is none
   */
  async send({ method, url, headers, body = '' }: HttpRequest): Promise<HttpAnswer> {
    const proxy = proxyFor(url, this.#env);
    try {
      const answer = await this.#inTime((signal) =>
        undiciRequest(url, {
          dispatcher: this.#dispatcherThrough(proxy),
          method,
          headers,
          ...(body === '' ? {} : { body }),
          bodyTimeout: this.#pace.limits.idle,
          headersTimeout: 0,
          signal,
        }),
      );
      this.#known.add(url.origin);
      // Whoever reads the body learns of its end there; one that nobody reads yet must not end the process.
      answer.body.on('error', () => undefined);
      const all = (name: string): readonly string[] => [answer.headers[name] ?? []].flat();
      return {
        url,
        status: answer.statusCode,
        header: (name) => all(name).join(', ') || null,
        headers: all,
        body: bodyChunks(answer.body, url, this.#pace),
        discard: () => answer.body.destroy(),
      };
    } catch (error) {
      const known = this.#known.has(url.origin);
      throw networkFailure(error, url, { known, proxy, limits: this.#pace.limits });
    }
  }

  /** Ends every connection at once. */
  async close(): Promise<void> {
    this.#closed.abort();
    await Promise.all([...this.#dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
  }

  /** Undici's own limit for headers begins with a connection; this one includes the way to it. */
  async #inTime<Answer>(request: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    const giveUp = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new AnswerTimeout());
        giveUp.abort();
      }, this.#pace.limits.answer);
    });
    try {
      return await Promise.race([request(giveUp.signal), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #dispatcherThrough(proxy: URL | null): Dispatcher {
    const key = proxy?.href ?? null;
    const known = this.#dispatchers.get(key);
    if (known !== undefined) return known;
    const timeout = this.#pace.limits.connect;
    const connect =
      proxy === null ? { ...this.#tls, timeout } : tunnelThrough(proxy, this.#tls, timeout, this.#closed.signal);
    const made = new Agent({ connect });
    this.#dispatchers.set(key, made);
    return made;
  }
}
