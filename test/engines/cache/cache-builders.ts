import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BaseImage } from '../../../src/cache/build-inputs.ts';
import type { Buildah } from '../buildah.ts';
import type { Engines } from '../engines.ts';
import { type BaseName, baseNames, baseReference, movingReference, writeBases } from './bases.ts';
import type { BuildState, TruthBuilder } from './cache-case.ts';
import { writeContext } from './context.ts';
import type { ReportedStep } from './reported-step.ts';
import { readBuildah } from './words/buildah.ts';
import { readBuildKit } from './words/buildkit.ts';
import { readClassic } from './words/classic.ts';

/** A builder whose cache starts empty. */
export interface FreshBuilder {
  build(state: BuildState): Promise<readonly ReportedStep[]>;
  /** Forgets all that was built. */
  close(): Promise<void>;
}

/** The builders, with the bases. Each starts with an empty cache as often as it is asked to. */
export class CacheBuilders {
  readonly #engines: Engines;
  readonly #folder: string;
  readonly #store: Buildah;
  readonly #bases: ReadonlyMap<BaseName, BaseImage>;
  #opened = 0;

  private constructor(engines: Engines, folder: string, store: Buildah, bases: ReadonlyMap<BaseName, BaseImage>) {
    this.#engines = engines;
    this.#folder = folder;
    this.#store = store;
    this.#bases = bases;
  }

  static async prepare(engines: Engines): Promise<CacheBuilders> {
    const folder = join(engines.scratch, 'cache');
    await mkdir(folder);
    const archive = join(folder, 'bases.tar');
    const configs = await writeBases(archive);
    await engines.docker.load(archive);
    await mkdir(join(folder, 'store'));
    const store = engines.buildah.at(join(folder, 'store'));
    for (const name of baseNames) await store.pull(`docker-archive:${archive}:${baseReference(name)}`);
    const bases = [...configs].map(([name, config]): [BaseName, BaseImage] => [name, { identity: name, config }]);
    return new CacheBuilders(engines, folder, store, new Map(bases));
  }

  /** What a model is told of the images that a build may start from. */
  basesFor({ moving }: BuildState): ReadonlyMap<string, BaseImage> {
    const bases = new Map<string, BaseImage>();
    for (const [name, base] of this.#bases) bases.set(baseReference(name), base);
    const moved = this.#bases.get(moving);
    if (moved !== undefined) bases.set(movingReference, moved);
    return bases;
  }

  /** One at a time of each builder: two of Docker's would share a cache. */
  async open(builder: TruthBuilder): Promise<FreshBuilder> {
    const folder = join(this.#folder, `${builder}-${this.#opened++}`);
    switch (builder) {
      case 'buildkit':
        return this.#buildkit(folder);
      case 'classic':
        return this.#classic(folder);
      case 'buildah':
        return await this.#buildah(folder);
    }
  }

  #buildkit(folder: string): FreshBuilder {
    const { docker } = this.#engines;
    return new Fresh(folder, {
      name: async (base) => await docker.tag(baseReference(base), movingReference),
      build: async (context, args) => readBuildKit(await docker.solve(context, args)),
      close: async () => await docker.forgetBuilds(),
    });
  }

  #classic(folder: string): FreshBuilder {
    const { docker } = this.#engines;
    const tag = 'localhost/built-by-classic:latest';
    return new Fresh(folder, {
      name: async (base) => await docker.tag(baseReference(base), movingReference),
      build: async (context, args) => readClassic(await docker.build({ context, tag, builder: 'classic', args })),
      close: async () => await docker.removeWithParents(tag),
    });
  }

  async #buildah(folder: string): Promise<FreshBuilder> {
    const store = await this.#store.fork(`${folder}-store`);
    return new Fresh(folder, {
      name: async (base) => await store.tag(baseReference(base), movingReference),
      build: async (context, args) => readBuildah(await store.build({ context, tag: 'localhost/built', args })),
      close: async () => await rm(`${folder}-store`, { recursive: true, force: true }),
    });
  }
}

/** What is done in a builder's own way. */
interface Way {
  readonly name: (base: BaseName) => Promise<void>;
  readonly build: (context: string, args: readonly string[]) => Promise<readonly ReportedStep[]>;
  readonly close: () => Promise<void>;
}

class Fresh implements FreshBuilder {
  readonly #folder: string;
  readonly #way: Way;
  #builds = 0;
  #moving: BaseName | null = null;

  constructor(folder: string, way: Way) {
    this.#folder = folder;
    this.#way = way;
  }

  /**
   * Each state is in a directory of a name of its own: over one of the same name, BuildKit's incremental upload would miss
   * a file of the same size and time, and the mode of a directory.
   */
  async build(state: BuildState): Promise<readonly ReportedStep[]> {
    const { dockerfile, moving } = state;
    if (dockerfile.includes('localhost/moving') && moving !== this.#moving) {
      await this.#way.name(moving);
      this.#moving = moving;
    }
    const name = String(this.#builds++);
    const folder = join(this.#folder, name);
    const context = join(folder, `context-${name}`);
    await writeContext(state, context);
    return await this.#way.build(context, await argumentsOf(state, folder));
  }

  async close(): Promise<void> {
    await this.#way.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** What all builders take alike. */
async function argumentsOf({ args, target, secrets }: BuildState, folder: string): Promise<readonly string[]> {
  const given = Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  const targeted = target === null ? [] : ['--target', target];
  const secret: string[] = [];
  for (const [id, value] of Object.entries(secrets)) {
    await writeFile(join(folder, `secret-${id}`), value);
    secret.push('--secret', `id=${id},src=${join(folder, `secret-${id}`)}`);
  }
  return [...given, ...targeted, ...secret];
}
