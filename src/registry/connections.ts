import { Agent, type Dispatcher, ProxyAgent, request as undiciRequest } from 'undici';
import { AnswerTimeout, networkFailure } from './network-failure.ts';
import type { Limits } from './limits.ts';
import { proxyFor } from './proxy-for.ts';
import type { TlsSettings } from './tls-settings.ts';

/** A request; its URL has neither user nor password. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer whose body is still to be read, or to be given up with `destroy`. */
export interface HttpAnswer {
  readonly url: URL;
  readonly status: number;
  /** Null if there is none; several of a name are joined as RFC 9110, 5.3 has it. */
  readonly header: (name: string) => string | null;
  /** Each of a name by itself. */
  readonly headers: (name: string) => readonly string[];
  readonly body: Dispatcher.ResponseData['body'];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The connections to a registry and to the hosts it sends to, through proxies where the environment says so. */
export class Connections {
  readonly #env: Environment;
  readonly #tls: TlsSettings;
  readonly #limits: Limits;
  readonly #dispatchers = new Map<string | null, Dispatcher>();
  /** Origins that answered before: they are no typing errors. */
  readonly #known = new Set<string>();

  constructor(env: Environment, tls: TlsSettings, limits: Limits) {
    this.#env = env;
    this.#tls = tls;
    this.#limits = limits;
  }

  /**
   * Sends a request; neither follows redirects nor tries again.
   * @throws PassingFailure, LayerscopeError `registry-unreachable`, `registry-certificate`, `registry-not-tls`,
   * `registry-malformed`
   */
  async send({ method, url, headers, body = '' }: HttpRequest): Promise<HttpAnswer> {
    try {
      const answer = await this.#inTime((signal) =>
        undiciRequest(url, {
          dispatcher: this.#dispatcherFor(url),
          method,
          headers,
          ...(body === '' ? {} : { body }),
          bodyTimeout: this.#limits.idle,
          headersTimeout: 0,
          signal,
        }),
      );
      this.#known.add(url.origin);
      const all = (name: string): readonly string[] => [answer.headers[name] ?? []].flat();
      const header = (name: string): string | null => all(name).join(', ') || null;
      return { url, status: answer.statusCode, header, headers: all, body: answer.body };
    } catch (error) {
      throw networkFailure(error, url, { known: this.#known.has(url.origin), limits: this.#limits });
    }
  }

  /** Ends every connection at once. */
  async close(): Promise<void> {
    await Promise.all([...this.#dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
  }

  /** Undici's own limits begin with a connection, and so with a proxy that keeps silent they never do. */
  async #inTime<Answer>(request: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    const giveUp = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new AnswerTimeout());
        giveUp.abort();
      }, this.#limits.answer);
    });
    try {
      return await Promise.race([request(giveUp.signal), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #dispatcherFor(url: URL): Dispatcher {
    const proxy = proxyFor(url, this.#env);
    const known = this.#dispatchers.get(proxy);
    if (known !== undefined) return known;
    const connect = { ...this.#tls, timeout: this.#limits.connect };
    const made =
      proxy === null ? new Agent({ connect }) : new ProxyAgent({ uri: proxy, requestTls: connect, proxyTls: connect });
    this.#dispatchers.set(proxy, made);
    return made;
  }
}
