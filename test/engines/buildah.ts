import { join } from 'node:path';
import { run, runForText } from './command.ts';
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
    return await runForText(PROGRAMS.buildah, [...this.#store, 'bud', ...fixed, '--tag', tag, ...args, context], {
      env: this.#environment,
      within: this.#place.within,
    });
  }

  /** `destination` is a transport, such as `docker-archive:FILE` or `oci:DIR:TAG`. */
  async push(tag: string, destination: string, options: readonly string[] = []): Promise<void> {
    const args = [...this.#store, 'push', '--quiet', ...options, tag, destination];
    await run(PROGRAMS.buildah, args, { env: this.#environment, within: this.#place.within });
  }

  get #store(): readonly string[] {
    return ['--root', join(this.#folder, 'root'), '--runroot', join(this.#folder, 'run')];
  }

  get #environment(): Readonly<Record<string, string>> {
    return { STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot', TMPDIR: this.#folder, HOME: this.#folder };
  }
}
