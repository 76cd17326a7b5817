import { join } from 'node:path';
import { type CommandOptions, run, runForText } from './command.ts';
import { HERE, type Place } from './place.ts';
import { PROGRAMS } from './requirements.ts';

export interface BuildahBuild {
  readonly context: string;
  readonly tag: string;
  readonly args?: readonly string[];
}

/** buildah with a store of its own. It needs no daemon: `vfs` and `chroot` work without any kernel feature. */
export class Buildah {
  readonly #folder: string;
  readonly #place: Place;

  constructor(folder: string, place = HERE) {
    this.#folder = folder;
    this.#place = place;
  }

  /** Returns what buildah printed, which says which steps used the cache. */
  async build({ context, tag, args = [] }: BuildahBuild): Promise<string> {
    const fixed = ['--layers', '--network=host', '--pull-never', ...this.#place.buildahOptions];
    const command = [...this.#store, 'bud', ...fixed, '--tag', tag, ...args, context];
    return await runForText(PROGRAMS.buildah, command, this.#options);
  }

  /** `source` is a transport, such as `docker-archive:FILE:TAG`. */
  async pull(source: string, options: readonly string[] = []): Promise<void> {
    await run(PROGRAMS.buildah, [...this.#store, 'pull', '--quiet', ...options, source], this.#options);
  }

  async tag(image: string, name: string): Promise<void> {
    await run(PROGRAMS.buildah, [...this.#store, 'tag', image, name], this.#options);
  }

  /** Another store, empty where the folder is. */
  at(folder: string): Buildah {
    return new Buildah(folder, this.#place);
  }

  /** Another store that starts with all that is in this one. */
  async fork(folder: string): Promise<Buildah> {
    await run('/usr/bin/cp', ['--archive', this.#folder, folder]);
    return this.at(folder);
  }

  /** `destination` is a transport, such as `docker-archive:FILE` or `oci:DIR:TAG`. */
  async push(tag: string, destination: string, options: readonly string[] = []): Promise<void> {
    const args = [...this.#store, 'push', '--quiet', ...options, tag, destination];
    await run(PROGRAMS.buildah, args, this.#options);
  }

  get #store(): readonly string[] {
    return ['--root', join(this.#folder, 'root'), '--runroot', join(this.#folder, 'run')];
  }

  get #options(): CommandOptions {
    const env = { STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot', TMPDIR: this.#folder, HOME: this.#folder };
    return { env, within: this.#place.within };
  }
}
