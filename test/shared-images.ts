import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Images of other tools, kept beside the project: they are too large for it. */
const folder =
  process.env['LAYERSCOPE_SHARED_IMAGES'] ?? fileURLToPath(new URL('../../shared/images/', import.meta.url));

/** The path of one of them; null, and a line that says so, where it is not there. */
export function sharedImage(name: string): string | null {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  console.warn(`Skipped: ${name} is not beside the project.`);
  return null;
}
