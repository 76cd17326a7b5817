import { accessSync, constants, statfsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './command.ts';

const TMPFS = '/dev/shm';
const ENOUGH_BYTES = 2 * 1024 ** 3;

/** A folder of its own for one run: on a tmpfs where there is room, because builders fsync every file they write. */
export async function makeScratch(): Promise<string> {
  return await mkdtemp(join(roomOnTmpfs() ? TMPFS : tmpdir(), 'layerscope-engines-'));
}

function roomOnTmpfs(): boolean {
  try {
    accessSync(TMPFS, constants.W_OK);
    const { bavail, bsize } = statfsSync(TMPFS);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}

/** Removes a scratch folder together with whatever a storage driver left mounted in it. */
export async function removeScratch(folder: string): Promise<void> {
  for (const point of await mountPointsBelow(folder)) {
    await run('/usr/bin/umount', ['--lazy', point]);
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Mount points inside `folder`, the deepest and newest first, so that each can be unmounted in turn. */
async function mountPointsBelow(folder: string): Promise<string[]> {
  const mountinfo = await readFile('/proc/self/mountinfo', 'utf8');
  const points = mountinfo
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    // The kernel writes space, tab, newline and backslash in octal (proc(5)).
    .map((point) => point.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8))));
  return points.filter((point) => point.startsWith(`${folder}/`)).toReversed();
}
