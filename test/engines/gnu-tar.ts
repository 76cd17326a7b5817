import { mkdir } from 'node:fs/promises';
import { run } from './command.ts';
import { PROGRAMS } from './requirements.ts';

/** Archives `folder`'s contents as root's `./…` names; `options` choose the format. */
export async function packWithGnuTar(folder: string, tarFile: string, options: readonly string[] = []): Promise<void> {
  await run(PROGRAMS.tar, ['--create', '--sort=name', '--numeric-owner', ...options, '-f', tarFile, '-C', folder, '.']);
}

/** Unpacks with owners and modes as the archive has them. */
export async function unpackWithGnuTar(tarFile: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await run(PROGRAMS.tar, ['--extract', '--preserve-permissions', '--numeric-owner', '-f', tarFile, '-C', folder]);
}
