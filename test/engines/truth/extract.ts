import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Docker } from '../docker.ts';
import { unpackWithGnuTar } from '../gnu-tar.ts';
import { umociUnpack } from '../umoci.ts';
import type { Truth } from '../corpus/built-image.ts';
import { walk } from './walk.ts';

/** What docker itself puts into every container. Neither side of a comparison with `docker export` has these. */
export const ADDED_BY_DOCKER: ReadonlySet<string> = new Set([
  '/.dockerenv',
  '/dev',
  '/dev/console',
  '/dev/pts',
  '/dev/shm',
  '/etc',
  '/etc/hostname',
  '/etc/hosts',
  '/etc/mtab',
  '/etc/resolv.conf',
  '/proc',
  '/sys',
]);

/** `folder` must not exist; it is gone again when the walk is done. */
export async function truthOfUmoci(layout: string, tag: string, folder: string): Promise<Truth> {
  return await walked('umoci', folder, async () => await umociUnpack(layout, tag, folder));
}

export async function truthOfDocker(docker: Docker, tag: string, folder: string): Promise<Truth> {
  const truth = await walked('docker export', folder, async () => {
    await mkdir(folder);
    const tarFile = join(folder, 'export.tar');
    const root = join(folder, 'root');
    await docker.export(tag, tarFile);
    await unpackWithGnuTar(tarFile, root);
    return root;
  });
  return { ...truth, entries: truth.entries.filter(({ path }) => !ADDED_BY_DOCKER.has(path)) };
}

/** For one layer only: GNU tar knows no whiteouts. */
export async function truthOfGnuTar(tarFile: string, folder: string): Promise<Truth> {
  return await walked('GNU tar', folder, async () => {
    await unpackWithGnuTar(tarFile, folder);
    return folder;
  });
}

async function walked(by: Truth['by'], folder: string, unpack: () => Promise<string>): Promise<Truth> {
  const entries = walk(await unpack());
  await rm(folder, { recursive: true });
  return { by, entries };
}
