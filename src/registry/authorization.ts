import { type LayerscopeError, problem } from '../errors.ts';
import { basic } from './basic.ts';
import type { Challenge } from './challenge.ts';
import type { Credentials, FoundCredentials } from './credentials.ts';
import { type TokenAnswer, type TokenQuestion, tokenQuestion } from './request-token.ts';

/** What a login is for. */
export interface LoginPlace {
  /** The image, as errors name it. */
  readonly image: string;
  /** Host and port that challenge. */
  readonly host: string;
  /** As `docker login` takes it. */
  readonly registry: string;
  readonly repository: string;
}

export interface AuthorizationSteps {
  readonly findCredentials: () => Promise<FoundCredentials>;
  readonly requestToken: (question: TokenQuestion, credentials: Credentials | null) => Promise<TokenAnswer>;
  /** Whether something may go there in plain HTTP. */
  readonly plain: (url: URL) => boolean;
}

/** What requests to one repository are authorized with. It changes when the registry asks for something else. */
export class Authorization {
  readonly #place: LoginPlace;
  readonly #steps: AuthorizationSteps;
  #header: string | null = null;
  #search: Promise<FoundCredentials> | null = null;
  #renewal: Promise<void> | null = null;

  constructor(place: LoginPlace, steps: AuthorizationSteps) {
    this.#place = place;
    this.#steps = steps;
  }

  /** For the header of that name; null before anything was asked for. */
  get header(): string | null {
    return this.#header;
  }

  /**
   * Answers a challenge: afterwards there is another header. Requests that were refused at the same time share one answer.
   * @param refused the header that the challenge came for
   * @throws LayerscopeError `login-needed`, `login-refused`, `credential-helper`, `credentials-unreadable`, and PassingFailure
   */
  async renew(challenges: readonly Challenge[], refused: string | null): Promise<void> {
    if (this.#header !== refused) return;
    this.#renewal ??= this.#answer(challenges).finally(() => {
      this.#renewal = null;
    });
    await this.#renewal;
  }

  /** What is said when the registry goes on refusing. @param said its own words */
  async refusal(said: string): Promise<LayerscopeError> {
    const { credentials, failure } = await this.#credentials();
    const { image, host, registry } = this.#place;
    if (credentials !== null) return problem('login-refused', { image, host, registry, from: credentials.from, said });
    return failure ?? problem('login-needed', { image, host, registry, said });
  }

  async #answer(challenges: readonly Challenge[]): Promise<void> {
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (bearer !== undefined) {
      const { host, repository } = this.#place;
      const question = tokenQuestion(bearer, host, repository, this.#steps.plain);
      const answer = await this.#steps.requestToken(question, (await this.#credentials()).credentials);
      if ('refused' in answer) throw await this.refusal(answer.refused);
      this.#header = `Bearer ${answer.token}`;
      return;
    }
    if (!challenges.some(({ scheme }) => scheme === 'basic')) throw this.#unknownSchemes(challenges);
    const { credentials } = await this.#credentials();
    if (credentials?.kind !== 'password') throw await this.refusal('');
    const header = basic(credentials.username, credentials.password);
    if (header === this.#header) throw await this.refusal('');
    this.#header = header;
  }

  #unknownSchemes(challenges: readonly Challenge[]): LayerscopeError {
    const schemes = challenges.map(({ scheme }) => scheme).join(', ');
    const reason =
      schemes === '' ? 'it asks for a login and does not say how' : `it asks for logins by ${schemes} only`;
    return problem('registry-malformed', { host: this.#place.host, reason });
  }

  async #credentials(): Promise<FoundCredentials> {
    this.#search ??= this.#steps.findCredentials();
    return await this.#search;
  }
}
