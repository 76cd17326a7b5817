import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engines } from '../engines.ts';
import { write } from './edit.ts';
import type { GeneratedDockerfile } from './generate.ts';
import { type Built, readDockerArchive, readLayoutImage } from './read-built.ts';

/** Who builds, and for BuildKit which provenance is built along. */
export type MappedBuilder = 'buildkit' | 'classic' | 'buildah' | 'provenance v0.2' | 'provenance v1';

/** What each builder is to build. */
export type Plan = Readonly<Partial<Record<MappedBuilder, readonly GeneratedDockerfile[]>>>;

/** A Dockerfile and the image that a builder made of it. */
export interface BuiltDockerfile {
  readonly generated: GeneratedDockerfile;
  readonly builder: MappedBuilder;
  readonly image: Built;
}

/** As many images go into one `docker save` as share their layers there. */
const imagesPerArchive = 40;

/** Builds each Dockerfile of the plan, in contexts below one folder. */
export async function buildAll(engines: Engines, plan: Plan): Promise<readonly BuiltDockerfile[]> {
  const folder = join(engines.scratch, 'mapping');
  const of = (builder: MappedBuilder): readonly GeneratedDockerfile[] => plan[builder] ?? [];
  const docker = async (): Promise<BuiltDockerfile[]> => [
    ...(await withDocker(engines, of('classic'), 'classic', folder)),
    ...(await withDocker(engines, of('buildkit'), 'buildkit', folder)),
    // What is the same as before comes from the cache, and is attested all the same.
    ...(await withProvenance(engines, of('provenance v0.2'), 'v0.2', folder)),
    ...(await withProvenance(engines, of('provenance v1'), 'v1', folder)),
  ];
  // The two engines are busy on their own.
  const built = await Promise.all([docker(), withBuildah(engines, of('buildah'), folder)]);
  return built.flat();
}

async function writeContext(folder: string, { instructions, seed }: GeneratedDockerfile): Promise<string> {
  const context = join(folder, `context-${seed}`);
  await mkdir(context, { recursive: true });
  await writeFile(join(context, 'Dockerfile'), write(instructions).text);
  await writeFile(join(context, 'shared'), 'shared\n');
  for (const { file } of instructions) if (file !== null) await writeFile(join(context, file), `${file}\n`);
  return context;
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
  for (const each of all) {
    const context = await writeContext(join(folder, builder), each);
    await docker.build({ context, tag: tagOf(each), builder, args: buildArgs(each) });
  }
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

async function withProvenance(
  { docker }: Engines,
  all: readonly GeneratedDockerfile[],
  version: 'v0.2' | 'v1',
  folder: string,
): Promise<BuiltDockerfile[]> {
  const built: BuiltDockerfile[] = [];
  for (const generated of all) {
    const context = await writeContext(join(folder, 'buildkit'), generated);
    const layout = join(folder, `${version}-${generated.seed}`);
    await docker.buildAttested({ context, args: buildArgs(generated), version, layout });
    built.push({ generated, builder: `provenance ${version}`, image: await readLayoutImage(layout, null) });
  }
  return built;
}

async function withBuildah(
  { buildah }: Engines,
  all: readonly GeneratedDockerfile[],
  folder: string,
): Promise<BuiltDockerfile[]> {
  const layout = join(folder, 'buildah-layout');
  const built: BuiltDockerfile[] = [];
  for (const generated of all) {
    const context = await writeContext(join(folder, 'buildah'), generated);
    const name = `mapping:${generated.seed}`;
    await buildah.build({ context, tag: `localhost/${name}`, args: buildArgs(generated) });
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
