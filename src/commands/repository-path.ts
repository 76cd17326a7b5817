import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { cwd } from 'node:process';
import type { Host } from './host.ts';

/**
 * Tells a file's path from the root of its repository: GITHUB_WORKSPACE if it is below that, for a checkout in a container
 * may have no `.git` that is visible, else the nearest directory upward with a `.git`.
 */
export function repositoryPaths({ env }: Pick<Host, 'env'>): (file: string) => string {
  const workspace = env['GITHUB_WORKSPACE'];
  const known = new Map<string, string>();
  return (file) => {
    const path = known.get(file) ?? repositoryPath(file, workspace);
    known.set(file, path);
    return path;
  };
}

function repositoryPath(file: string, workspace: string | undefined): string {
  const absolute = resolve(cwd(), file);
  // A link's own name is the one that the repository has.
  const place = join(realDirectory(dirname(absolute)), basename(absolute));
  const roots = [...(workspace ? [realDirectory(resolve(workspace))] : []), ...nearestRepository(dirname(place))];
  for (const root of roots) {
    const path = relative(root, place);
    if (path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path))
      return path.split(sep).join('/');
  }
  return file;
}

/** What is not there has no other name. */
function realDirectory(directory: string): string {
  try {
    return realpathSync(directory);
  } catch {
    return directory;
  }
}

function nearestRepository(start: string): string[] {
  for (let directory = start; ; directory = dirname(directory)) {
    if (existsSync(join(directory, '.git'))) return [directory];
    if (dirname(directory) === directory) return [];
  }
}
