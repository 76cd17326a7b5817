import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An `ssh` that logs in here: it runs the real client that the engine's host would. @returns a PATH that finds it */
export async function dialHere(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const ssh = join(folder, 'ssh');
  await writeFile(ssh, '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nshift 2\nexec "$@"\n');
  await chmod(ssh, 0o755);
  return `${folder}:/usr/bin:/bin`;
}
