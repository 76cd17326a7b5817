import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engines } from '../engines.ts';
import { write } from './edit.ts';
import type { GeneratedDockerfile } from './generate.ts';
import { type Built, readDockerArchive, readLayoutImage } from './read-built.ts';

export type MappedBuilder = 'buildkit' | 'classic' | 'buildah';

/** How many Dockerfiles each builder builds: a classic step takes a container, a buildah step a copy of the filesystem. */
export type Counts = Readonly<Record<MappedBuilder, number>>;

/** A Dockerfile and the image that a builder made of it. */
export interface BuiltDockerfile {
  readonly generated: GeneratedDockerfile;
  readonly builder: MappedBuilder;
  readonly image: Built;
}

/** As many images go into one `docker save` as share their layers there. */
const imagesPerArchive = 40;

export async function buildAll(
  engines: Engines,
  generated: readonly GeneratedDockerfile[],
  counts: Counts,
): Promise<readonly BuiltDockerfile[]> {
  const folder = join(engines.scratch, 'mapping');
  await mkdir(folder);
  for (const each of generated) await writeContext(each, contextOf(folder, each));
  const first = (builder: MappedBuilder) => generated.slice(0, counts[builder]);
  // The two engines are busy on their own.
  const [docker, buildah] = await Promise.all([
    (async () => [
      ...(await withDocker(engines, first('classic'), 'classic', folder)),
      ...(await withDocker(engines, first('buildkit'), 'buildkit', folder)),
    ])(),
    withBuildah(engines, first('buildah'), folder),
  ]);
  return [...docker, ...buildah];
}

function contextOf(folder: string, { seed }: GeneratedDockerfile): string {
  return join(folder, `context-${seed}`);
}

async function writeContext({ instructions }: GeneratedDockerfile, context: string): Promise<void> {
  await mkdir(context);
  await writeFile(join(context, 'Dockerfile'), write(instructions).text);
  await writeFile(join(context, 'shared'), 'shared\n');
  for (const { file } of instructions) if (file !== null) await writeFile(join(context, file), `${file}\n`);
}

function buildArgs({ buildArgs: given }: GeneratedDockerfile): string[] {
  return Object.entries(given).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
}

async function withDocker(
  { docker }: Engines,
  all: readonly GeneratedDockerfile[],
  builder: 'buildkit' | 'classic',
  folder: string,
): Promise<BuiltDockerfile[]> {
  const tagOf = ({ seed }: GeneratedDockerfile): string => `mapping-${builder}:${seed}`;
  for (const each of all)
    await docker.build({ context: contextOf(folder, each), tag: tagOf(each), builder, args: buildArgs(each) });
  const built: BuiltDockerfile[] = [];
  for (let at = 0; at < all.length; at += imagesPerArchive) {
    const some = all.slice(at, at + imagesPerArchive);
    const archive = join(folder, `${builder}-${at}.tar`);
    await docker.saveAll(some.map(tagOf), archive);
    const images = await readDockerArchive(archive);
    for (const generated of some) built.push({ generated, builder, image: found(images.get(tagOf(generated))) });
  }
  return built;
}

async function withBuildah(
  { buildah }: Engines,
  all: readonly GeneratedDockerfile[],
  folder: string,
): Promise<BuiltDockerfile[]> {
  const layout = join(folder, 'buildah');
  const built: BuiltDockerfile[] = [];
  for (const generated of all) {
    const name = `mapping:${generated.seed}`;
    await buildah.build({
      context: contextOf(folder, generated),
      tag: `localhost/${name}`,
      args: buildArgs(generated),
    });
    const tag = `s${generated.seed}`;
    await buildah.push(`localhost/${name}`, `oci:${layout}:${tag}`);
    built.push({ generated, builder: 'buildah', image: await readLayoutImage(layout, tag) });
  }
  return built;
}

function found(image: Built | undefined): Built {
  if (image === undefined) throw new Error('an image is missing from its archive');
  return image;
}
