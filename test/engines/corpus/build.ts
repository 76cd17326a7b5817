import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engines } from '../engines.ts';
import { truthOfDocker, truthOfGnuTar, truthOfUmoci } from '../truth/extract.ts';
import type { BuiltImage, Truth } from './built-image.ts';
import { writeContext } from './context.ts';
import { DOCKERFILE_RECIPES } from './dockerfiles.ts';
import { LAYERS_RECIPES } from './layers.ts';
import { BUILDERS, type Builder, type DockerfileRecipe, type LayersRecipe } from './recipe.ts';
import { LOCAL_NAME, TAG, storeBuildahImage, storeDockerImage, storeHandMadeImage } from './store.ts';

/** Builds every recipe with each of its builders, stores the images and asks the extractors what they contain. */
export async function buildCorpus(engines: Engines): Promise<readonly BuiltImage[]> {
  const folder = join(engines.scratch, 'images');
  await mkdir(folder);
  for (const recipe of DOCKERFILE_RECIPES) await writeContext(recipe, join(folder, `${recipe.name}.context`));
  // One queue per engine: each is busy on its own, and two builds in one store would only wait for its lock.
  const queues = [
    queue(DOCKERFILE_RECIPES, async (recipe, turn) => await withDocker(engines, recipe, folder, turn)),
    queue(DOCKERFILE_RECIPES, async (recipe, turn) => await withBuildah(engines, recipe, folder, turn)),
    queue(LAYERS_RECIPES, async (recipe, turn) => await byHand(engines, recipe, folder, turn)),
  ];
  const results = (await Promise.all(queues)).flat();
  const failures = results.filter((result) => result instanceof Error);
  if (failures.length > 0) throw new Error(failures.map((failure) => failure.message).join('\n\n'));
  return results.filter((result): result is BuiltImage => !(result instanceof Error));
}

/** A recipe that cannot be built is reported with all the others that cannot. */
async function queue<T extends { readonly name: string }>(
  recipes: readonly T[],
  make: (recipe: T, turn: number) => Promise<readonly BuiltImage[]>,
): Promise<(BuiltImage | Error)[]> {
  const results: (BuiltImage | Error)[] = [];
  for (const [turn, recipe] of recipes.entries()) {
    try {
      results.push(...(await make(recipe, turn)));
    } catch (cause) {
      results.push(new Error(`${recipe.name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause }));
    }
  }
  return results;
}

async function withDocker(
  { docker }: Engines,
  recipe: DockerfileRecipe,
  folder: string,
  turn: number,
): Promise<readonly BuiltImage[]> {
  const images: BuiltImage[] = [];
  for (const [index, builder] of (['classic', 'buildkit'] as const).entries()) {
    if (!builds(recipe, builder)) continue;
    const tag = `${recipe.name}:${builder}`;
    const base = await baseFolder(folder, `${recipe.name}-${builder}`);
    await docker.build({ context: join(folder, `${recipe.name}.context`), tag, builder });
    const { forms, layout } = await storeDockerImage(docker, tag, base, turn + index);
    const truths = [
      await truthOfUmoci(layout, TAG, `${base}.umoci`),
      await truthOfDocker(docker, tag, `${base}.export`),
    ];
    images.push({ name: `${recipe.name}/${builder}`, forms, truths });
  }
  return images;
}

async function withBuildah(
  { buildah }: Engines,
  recipe: DockerfileRecipe,
  folder: string,
  turn: number,
): Promise<readonly BuiltImage[]> {
  if (!builds(recipe, 'buildah')) return [];
  const tag = `localhost/${recipe.name}:buildah`;
  const base = await baseFolder(folder, `${recipe.name}-buildah`);
  await buildah.build({ context: join(folder, `${recipe.name}.context`), tag });
  const { forms, layout } = await storeBuildahImage(buildah, tag, base, turn + 2);
  return [{ name: `${recipe.name}/buildah`, forms, truths: [await truthOfUmoci(layout, TAG, `${base}.umoci`)] }];
}

async function byHand(
  { docker }: Engines,
  recipe: LayersRecipe,
  folder: string,
  turn: number,
): Promise<readonly BuiltImage[]> {
  const base = await baseFolder(folder, recipe.name);
  const layers = await recipe.layers(base);
  const { layout, archive, forms } = await storeHandMadeImage(layers, base, turn);
  const truths: Truth[] = [];
  if (recipe.truth === 'gnu-tar') {
    const [layer, ...others] = layers;
    if (layer === undefined || others.length > 0) throw new Error(`${recipe.name}: GNU tar unpacks one layer`);
    const tarFile = join(base, 'truth.tar');
    await writeFile(tarFile, layer.tar);
    truths.push(await truthOfGnuTar(tarFile, `${base}.tar`));
  } else {
    truths.push(await truthOfUmoci(layout, TAG, `${base}.umoci`));
  }
  if (recipe.docker === true) {
    await docker.load(archive);
    truths.push(await truthOfDocker(docker, LOCAL_NAME, `${base}.export`));
  }
  return [{ name: `layers/${recipe.name}`, forms, truths }];
}

function builds(recipe: DockerfileRecipe, builder: Builder): boolean {
  return (recipe.builders ?? BUILDERS).includes(builder);
}

/** A folder of the image's own for what is made on the way; the image's forms have its name and an ending. */
async function baseFolder(folder: string, name: string): Promise<string> {
  const base = join(folder, name);
  await mkdir(base);
  return base;
}
