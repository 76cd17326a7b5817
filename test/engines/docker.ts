import { request } from 'node:http';
import { join } from 'node:path';
import { run, runForText } from './command.ts';
import { type Dockerd, startDockerd } from './dockerd.ts';
import { HERE, type Place } from './place.ts';
import { BUILDX, PROGRAMS } from './requirements.ts';

type DockerBuilder = 'classic' | 'buildkit';

export interface DockerBuild {
  readonly context: string;
  readonly tag: string;
  readonly builder: DockerBuilder;
  readonly args?: readonly string[];
}

export interface AttestedBuild {
  readonly context: string;
  readonly args: readonly string[];
  /** Of SLSA's provenance. */
  readonly version: 'v0.2' | 'v1';
  /** A directory, which is created. */
  readonly layout: string;
}

/** The docker client and a daemon of its own. */
export class Docker {
  readonly #daemon: Dockerd;
  readonly #configFolder: string;
  readonly #place: Place;

  private constructor(daemon: Dockerd, configFolder: string, place: Place) {
    this.#daemon = daemon;
    this.#configFolder = configFolder;
    this.#place = place;
  }

  static async start(folder: string, place = HERE): Promise<Docker> {
    return new Docker(await startDockerd(folder, place), join(folder, 'client'), place);
  }

  get host(): string {
    return this.#daemon.host;
  }

  /** Returns the builder's own words, which say which steps were cached. */
  async build({ context, tag, builder, args = [] }: DockerBuild): Promise<string> {
    const progress = builder === 'buildkit' ? ['--progress=plain'] : [];
    return await runForText(PROGRAMS.docker, ['build', '--network=none', ...progress, '--tag', tag, ...args, context], {
      env: { ...this.#environment, DOCKER_BUILDKIT: builder === 'buildkit' ? '1' : '0' },
      within: this.#place.within,
    });
  }

  /** BuildKit with all that it attests; what comes out is an OCI layout, as the attestation is no part of the image. */
  async buildAttested({ context, args, version, layout }: AttestedBuild): Promise<void> {
    const fixed = [
      '--network=none',
      `--provenance=mode=max,version=${version}`,
      `--output=type=oci,tar=false,dest=${layout}`,
    ];
    await this.#client(['buildx', 'build', ...fixed, ...args, context]);
  }

  /**
   * Fills BuildKit's cache and makes no image. Without `docker` before it, buildx takes a quarter of the time to start.
   *
   * @returns what BuildKit does, in one JSON object a line
   */
  async solve(context: string, args: readonly string[]): Promise<string> {
    const fixed = ['--network=none', '--progress=rawjson', '--provenance=false', '--output=type=cacheonly'];
    return await runForText(BUILDX, ['build', ...fixed, ...args, context], {
      env: this.#environment,
      within: this.#place.within,
    });
  }

  /** Empties BuildKit's cache. */
  async forgetBuilds(): Promise<void> {
    await ask(this.#daemon.socket, 'POST', '/build/prune?all=true');
  }

  /** Removes an image and all that it was made of by the classic builder, which takes what it finds for its cache. */
  async removeWithParents(tag: string): Promise<void> {
    await ask(this.#daemon.socket, 'DELETE', `/images/${tag}`);
    await ask(this.#daemon.socket, 'POST', '/images/prune');
  }

  async tag(image: string, name: string): Promise<void> {
    await this.#client(['tag', image, name]);
  }

  /** Registries on loopback addresses may speak plain HTTP to it. */
  async pull(name: string): Promise<void> {
    await this.#client(['pull', '--quiet', name]);
  }

  /** A one-layer image from a root filesystem tar, as `FROM` needs one and there is no registry. */
  async import(rootTar: string, tag: string): Promise<void> {
    await this.#client(['import', rootTar, tag]);
  }

  async load(archive: string): Promise<void> {
    await this.#client(['load', '--input', archive]);
  }

  async save(tag: string, archive: string): Promise<void> {
    await this.saveAll([tag], archive);
  }

  /** One archive of several images: layers that they share are in it once. */
  async saveAll(tags: readonly string[], archive: string): Promise<void> {
    await this.#client(['save', '--output', archive, ...tags]);
  }

  /** The filesystem a container of this image starts with, as the storage driver shows it, in a tar. */
  async export(tag: string, tarFile: string): Promise<void> {
    const container = (await this.#client(['create', '--network=none', tag, 'true'])).toString().trim();
    await this.#client(['export', '--output', tarFile, container]);
    await this.#client(['rm', container]);
  }

  async stop(): Promise<void> {
    await this.#daemon.stop();
  }

  get #environment(): Readonly<Record<string, string>> {
    return { DOCKER_HOST: this.#daemon.host, DOCKER_CONFIG: this.#configFolder };
  }

  async #client(args: readonly string[]): Promise<Buffer> {
    return await run(PROGRAMS.docker, args, { env: this.#environment, within: this.#place.within });
  }
}

/** An operation of the daemon's whose answer says nothing but that it is done; the client takes twenty times as long. */
async function ask(socketPath: string, method: 'POST' | 'DELETE', path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const asked = request({ socketPath, path, method }, (response) => {
      response.resume();
      response.once('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${method} ${path}: ${response.statusCode}`)),
      );
    });
    asked.setTimeout(60_000, () => asked.destroy(new Error(`${method} ${path}: no answer`)));
    asked.once('error', reject);
    asked.end();
  });
}
