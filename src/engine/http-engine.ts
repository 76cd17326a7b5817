import * as v from 'valibot';
import { problem } from '../errors.ts';
import { parseImageName } from '../image/image-name.ts';
import { parseMetadata } from '../image/metadata.ts';
import type { Platform } from '../image/platform.ts';
import { type Answer, ask, beginAsking, readAnswer, wordsOf } from './ask.ts';
import type { Connection } from './connection.ts';
import type { EngineKind } from '../image/image.ts';
import type { Engine, TimeLimits } from './engine.ts';
import { imageTarget, platformQuery } from './image-target.ts';
import { readExport } from './read-export.ts';

/** Of the Docker Engine API: exports can choose a platform. */
const choosesPlatform = { major: 1, minor: 48 } as const;

const imageSchema = v.object({ Id: v.string(), RepoTags: v.nullish(v.array(v.string()), []) });
type KnownImage = v.InferOutput<typeof imageSchema>;

/** What an engine says of itself. */
export interface EngineIdentity {
  readonly kind: EngineKind;
  /** Of the Docker Engine API, such as `1.41`. */
  readonly version: string;
}

/** An engine that speaks the Docker Engine API, as Podman does, too. */
export class HttpEngine implements Engine {
  readonly kind: EngineKind;
  readonly address: string;
  readonly #connection: Connection;
  readonly #version: string;
  readonly #limits: TimeLimits;

  constructor(connection: Connection, { kind, version }: EngineIdentity, limits: TimeLimits) {
    this.kind = kind;
    this.address = connection.address;
    this.#connection = connection;
    this.#version = version;
    this.#limits = limits;
  }

  async has(name: string): Promise<boolean> {
    return (await this.#inspect(name)) !== null;
  }

  async export(name: string, platform: Platform | null): Promise<AsyncIterable<Buffer>> {
    const { kind, address } = this;
    const image = await this.#inspect(name);
    if (image === null) throw problem('no-engine-image', { address, name, kind });
    const query = platform !== null && this.#choosesPlatform() ? platformQuery(platform) : '';
    const target = imageTarget(this.#version, exportedName(name, image), 'get') + query;
    const response = await beginAsking(this.#connection, target, this.#limits.begin);
    if (response.statusCode !== 200)
      throw this.#refusal(name, await readAnswer(this.#connection, response, this.#limits.answer));
    return readExport(response, { address, name, limits: this.#limits });
  }

  close(): void {
    this.#connection.close();
  }

  async #inspect(name: string): Promise<KnownImage | null> {
    // What no engine takes for a name need not be escaped, nor the engine's words for it be understood.
    if (parseImageName(name) === null) return null;
    const answer = await ask(this.#connection, imageTarget(this.#version, name, 'json'), this.#limits.answer);
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw this.#refusal(name, answer);
    return parseMetadata(answer.body, imageSchema, `${this.address}: ${name}`);
  }

  #choosesPlatform(): boolean {
    const [major = 0, minor = 0] = this.#version.split('.').map(Number);
    return (
      this.kind === 'docker' &&
      (major > choosesPlatform.major || (major === choosesPlatform.major && minor >= choosesPlatform.minor))
    );
  }

  #refusal(name: string, answer: Answer): Error {
    return problem('engine-refused', { address: this.address, name, said: wordsOf(answer) });
  }
}

/**
 * The name to export an image by. A name without a tag means `latest` to everything but an export, which takes all tags
 * of that name. Nor does an export of Docker 28 take an ID without its algorithm.
 */
function exportedName(name: string, { Id: id, RepoTags: tags }: KnownImage): string {
  const last = name.slice(name.lastIndexOf('/') + 1);
  if (/[:@]/.test(last)) return name;
  const latest = `${name}:latest`;
  return id.startsWith(`sha256:${name}`) && !tags.includes(latest) ? id : latest;
}
