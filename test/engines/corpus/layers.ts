import { HEADER_LAYERS } from './header-layers.ts';
import { PACKED_LAYERS } from './packed-layers.ts';
import type { LayersRecipe } from './recipe.ts';
import { UNION_LAYERS } from './union-layers.ts';

export const LAYERS_RECIPES: readonly LayersRecipe[] = [...PACKED_LAYERS, ...UNION_LAYERS, ...HEADER_LAYERS];
