import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DockerfileRecipe } from './recipe.ts';

/** Writes a recipe's Dockerfile and context files into `folder`. */
export async function writeContext(recipe: DockerfileRecipe, folder: string): Promise<void> {
  const files = { ...recipe.files, Dockerfile: recipe.dockerfile };
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  await recipe.prepare?.(folder);
}
