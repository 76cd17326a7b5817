import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeBusyboxRoot } from './busybox-root.ts';
import { Buildah } from './buildah.ts';
import { Docker } from './docker.ts';
import { packWithGnuTar } from './gnu-tar.ts';
import { HERE, type Place } from './place.ts';
import { makeScratch, removeScratch } from './scratch.ts';

/** The base image both builders know: busybox with all its applets, nothing else. */
export const BASE = 'localhost/base:latest';

export interface Engines {
  readonly docker: Docker;
  readonly buildah: Buildah;
  /** Where both run. */
  readonly place: Place;
  /** Everything a run writes is below this folder, which `stop` removes. */
  readonly scratch: string;
  stop(): Promise<void>;
}

/**
 * Starts a dockerd, opens a buildah store and gives both the base image. Needs no network.
 *
 * @param placeFor where the engines run; it is given the scratch folder, which they must see at the same path
 */
export async function startEngines(placeFor: (scratch: string) => Promise<Place> = async () => HERE): Promise<Engines> {
  const scratch = await makeScratch();
  // What has been started, to be stopped in the opposite order, also where a later step fails.
  const stops: (() => Promise<void>)[] = [() => removeScratch(scratch)];
  const stop = async (): Promise<void> => {
    for (const each of stops.toReversed()) await each();
  };
  try {
    const place = await placeFor(scratch);
    stops.push(() => place.leave());
    const root = join(scratch, 'base');
    await writeBusyboxRoot(join(root, 'root'));
    await packWithGnuTar(join(root, 'root'), join(root, 'base.tar'), ['--owner=0', '--group=0']);

    const folder = (name: string): string => join(scratch, name);
    await mkdir(folder('buildah'));
    const buildah = new Buildah(folder('buildah'), place);
    await buildBase(buildah, root);
    const docker = await Docker.start(folder('docker'), place);
    stops.push(() => docker.stop());
    await docker.import(join(root, 'base.tar'), BASE);
    return { docker, buildah, place, scratch, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** An `ADD` that unpacks a tar: the one layer every buildah image of the corpus starts with. */
async function buildBase(buildah: Buildah, context: string): Promise<void> {
  await writeFile(join(context, 'Dockerfile'), 'FROM scratch\nADD base.tar /\nCMD ["/bin/sh"]\n');
  await buildah.build({ context, tag: BASE });
}
