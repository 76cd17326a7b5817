import { type ErrorCode, LayerscopeError, problem } from '../errors.ts';
import { formatImageName, type ImageName } from '../image/image-name.ts';
import { Authorization } from './authorization.ts';
import { parseChallenges } from './challenge.ts';
import { complaintIn } from './complaint.ts';
import { Connections } from './connections.ts';
import type { Credentials, FoundCredentials } from './credentials.ts';
import { followRedirects } from './follow-redirects.ts';
import { complaintLimit, tokenLimit } from './limits.ts';
import type { Pace } from './pace.ts';
import { PassingFailure } from './passing-failure.ts';
import { Patience } from './patience.ts';
import { readBody } from './read-body.ts';
import { mayBePlain, registryAddress } from './registry-address.ts';
import { type TokenAnswer, tokenIn, type TokenQuestion, tokenRequest } from './request-token.ts';
import { retryAfter } from './retry-after.ts';
import type { TlsSettings } from './tls-settings.ts';
import type { HttpAnswer, HttpRequest } from './http-message.ts';

export interface SessionSettings {
  readonly name: ImageName;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly tls: TlsSettings;
  readonly insecure: boolean;
  readonly findCredentials: () => Promise<FoundCredentials>;
  readonly pace: Pace;
}

const userAgent = 'layerscope';

/** Statuses that the next attempt need not have. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What it looks like when there is no HTTPS where it was tried. */
const noTls = new Set<ErrorCode>(['registry-not-tls', 'registry-unreachable', 'registry-timeout']);

/** Requests to one repository of a registry, with what they are authorized with. */
export class RepositorySession {
  readonly image: string;
  readonly #settings: SessionSettings;
  readonly #connections: Connections;
  readonly #authorization: Authorization;
  readonly #closed = new AbortController();
  #origin: Promise<URL> | null = null;

  constructor(settings: SessionSettings) {
    const { name, insecure, env, tls, pace, findCredentials } = settings;
    this.#settings = settings;
    this.image = formatImageName(name);
    this.#connections = new Connections(env, tls, pace);
    const address = registryAddress(name);
    this.#authorization = new Authorization(
      { image: this.image, host: address.host, registry: name.registry, repository: name.repository },
      {
        findCredentials,
        requestToken: (question, credentials) => this.#requestToken(question, credentials),
        // A registry elsewhere has no business with what listens on this machine.
        plain: (url) => mayBePlain(url, insecure) && mayBePlain(address, insecure),
      },
    );
  }

  patience(): Patience {
    return new Patience(this.#settings.pace, this.#closed.signal);
  }

  /**
   * Asks for something of the repository, once.
   * @param path below the repository, such as `blobs/sha256:…`
   * @returns an answer with status 200, 206 or 416; its body is still to be read
   * @throws PassingFailure, LayerscopeError
   */
  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> {
    const origin = await this.#findOrigin();
    const url = new URL(`/v2/${this.#settings.name.repository}/${path}`, origin);
    for (let renewed = false; ; renewed = true) {
      const authorization = this.#authorization.header;
      const answer = await this.#send({
        method: 'GET',
        url,
        headers: { ...headers, ...(authorization === null ? {} : { authorization }) },
      });
      if (answer.status === 200 || answer.status === 206 || answer.status === 416) return answer;
      // Only the registry itself may ask for its credentials: another host would have them sent where it likes.
      if (answer.status !== 401 || answer.url.origin !== origin.origin) throw await this.#failure(answer);
      const said = await this.#complaint(answer);
      if (renewed) throw await this.#authorization.refusal(said);
      await this.#authorization.renew(parseChallenges(answer.headers('www-authenticate')), authorization);
    }
  }

  /** Ends all connections and pauses; what still runs fails. */
  async close(): Promise<void> {
    this.#closed.abort();
    this.#connections.close();
  }

  async #send(request: HttpRequest): Promise<HttpAnswer> {
    const headers = { 'user-agent': userAgent, ...request.headers };
    return await followRedirects(
      { ...request, headers },
      (each) => this.#connections.send(each),
      (answer) => readBody(answer, complaintLimit),
    );
  }

  async #findOrigin(): Promise<URL> {
    this.#origin ??= this.#chooseOrigin().catch((error: unknown) => {
      this.#origin = null;
      throw error;
    });
    return await this.#origin;
  }

  /**
   * HTTPS; where plain HTTP will do, that is taken if there is no HTTPS. A certificate that cannot be trusted is not
   * passed over in this way. Nothing secret is sent to find out.
   */
  async #chooseOrigin(): Promise<URL> {
    const secure = registryAddress(this.#settings.name);
    if (!mayBePlain(secure, this.#settings.insecure)) return secure;
    try {
      await readBody(
        await this.#connections.send({ method: 'GET', url: new URL('/v2/', secure), headers: {} }),
        complaintLimit,
      );
      return secure;
    } catch (error) {
      const outcome = error instanceof PassingFailure ? error.outcome : error;
      if (!(outcome instanceof LayerscopeError && noTls.has(outcome.code))) throw error;
      return new URL(`http://${secure.host}`);
    }
  }

  async #requestToken(question: TokenQuestion, credentials: Credentials | null): Promise<TokenAnswer> {
    const request = tokenRequest(question, credentials);
    const answer = await this.#send(request);
    // 401 by the book; others have 400, 403 and 406 for the same.
    const refuses = answer.status >= 400 && answer.status < 500 && !passing.has(answer.status);
    if (refuses) return { refused: await this.#complaint(answer) };
    if (answer.status !== 200) throw await this.#failure(answer);
    const body = await readBody(answer, tokenLimit);
    const token = body === null ? null : tokenIn(body);
    if (token === null) throw problem('registry-malformed', { host: answer.url.host, reason: 'it gives no token' });
    return { token };
  }

  /** What an answer that is none means. */
  async #failure(answer: HttpAnswer): Promise<Error> {
    const { image } = this;
    const { status, url } = answer;
    const { host } = url;
    const said = await this.#complaint(answer);
    const wait = retryAfter(answer.header('retry-after'), this.#settings.pace.clock.now());
    if (status === 429) {
      const seconds = wait === null ? null : Math.ceil(wait / 1000);
      return new PassingFailure(problem('rate-limited', { image, host, said, seconds }), wait);
    }
    if (passing.has(status)) return new PassingFailure(problem('registry-failed', { image, host, status, said }), wait);
    if (status === 404) return problem('image-not-found', { image, host, said });
    if (status === 401 || status === 403) return problem('access-denied', { image, host, said });
    return problem('registry-failed', { image, host, status, said });
  }

  async #complaint(answer: HttpAnswer): Promise<string> {
    return complaintIn(await readBody(answer, complaintLimit));
  }
}
