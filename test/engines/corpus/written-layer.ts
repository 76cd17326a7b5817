import type { LayersRecipe } from './recipe.ts';
import { type TarEntry, writeTar } from './tar-header.ts';

type Rest = Partial<Pick<LayersRecipe, 'truth' | 'docker'>>;

/** An image whose layers are written header by header. */
export function written(name: string, layers: readonly (readonly TarEntry[])[], rest: Rest = {}): LayersRecipe {
  const blobs = layers.map((entries) => ({ tar: writeTar(entries) }));
  return { kind: 'layers', name, layers: async () => await Promise.resolve(blobs), ...rest };
}

export const directory = (name: string, mode = 0o755): TarEntry => ({ name, type: '5', mode });
export const symlink = (name: string, link: string): TarEntry => ({ name, type: '2', link, mode: 0o777 });
export const hardLink = (name: string, link: string): TarEntry => ({ name, type: '1', link });
export const file = (name: string, content: string, mode = 0o644): TarEntry => ({ name, content, mode });
export const whiteout = (name: string): TarEntry => ({ name, mode: 0 });
