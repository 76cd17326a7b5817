import { DOCKERFILE_RECIPES } from './dockerfiles.ts';
import { LAYERS_RECIPES } from './layers.ts';
import { BUILDERS } from './recipe.ts';

/** The names of the images that `buildCorpus` returns, known before anything is built. */
export const IMAGE_NAMES: readonly string[] = [
  ...DOCKERFILE_RECIPES.flatMap(({ name, builders = BUILDERS }) => builders.map((builder) => `${name}/${builder}`)),
  ...LAYERS_RECIPES.map(({ name }) => `layers/${name}`),
];
