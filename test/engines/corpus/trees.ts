import { chmod, chown, lchown, link, mkdir, open, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../command.ts';
import { PROGRAMS } from '../requirements.ts';
import { ODD_NAMES } from './odd-names.ts';

/** Not a multiple of a tar block, and larger than one map block of the GNU encodings describes. */
export const SPARSE_BYTES = 3_000_007;

/** What a tree asks of the format: nothing but files and links, devices, ustar's prefix field, or an extension. */
export type TreeNeeds = 'v7' | 'prefix' | 'long' | 'xattrs';

/** One of each type a tar can hold, with modes, owners and links. */
export function writeTypesTree(needs: TreeNeeds): (root: string) => Promise<void> {
  return async (root) => {
    const at = (name: string): string => join(root, name);
    await mkdir(at('dir/sub'), { recursive: true });
    await writeFile(at('dir/file'), 'content\n');
    await writeFile(at('dir/empty'), '');
    await writeFile(at('setuid'), 'x'.repeat(1025));
    await chown(at('setuid'), 1000, 65534);
    await chmod(at('setuid'), 0o6755);
    await chmod(at('dir/sub'), 0o1770);
    await link(at('dir/file'), at('dir/hard'));
    await symlink('dir/file', at('soft'));
    await symlink('nowhere', at('dangling'));
    await lchown(at('dangling'), 33, 44);
    if (needs === 'v7') return;
    await run(PROGRAMS.busybox, ['mknod', '-m', '640', at('fifo'), 'p']);
    await run(PROGRAMS.busybox, ['mknod', '-m', '666', at('zero'), 'c', '1', '5']);
    await run(PROGRAMS.busybox, ['mknod', '-m', '660', at('loop3'), 'b', '7', '3']);
    if (needs !== 'xattrs') await writeDeep(root, needs === 'prefix' ? USTAR_DEPTH : LONG_DEPTH);
    if (needs === 'xattrs') await writeXattrs(at('dir/file'));
  };
}

/** Long and odd names, which only the extended formats can hold. */
export async function writeNamesTree(root: string): Promise<void> {
  await mkdir(join(root, 'odd'), { recursive: true });
  for (const name of ODD_NAMES) {
    await writeFile(Buffer.concat([Buffer.from(`${root}/odd/`), Buffer.from(name, 'latin1')]), name);
  }
  await writeFile(join(root, 'n'.repeat(255)), 'the longest name');
  await writeDeep(root, LONG_DEPTH);
}

/** Levels of 41 bytes: 163 fit ustar's prefix and name, 327 do not. */
const USTAR_DEPTH = 4;
const LONG_DEPTH = 8;

async function writeDeep(root: string, depth: number): Promise<void> {
  const folder = Array.from({ length: depth }, (_, level) => `${level}${'-deep'.repeat(8)}`).join('/');
  await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, folder, 'file'), 'deep');
  // A link's target has no prefix field: in plain ustar these two would not fit.
  if (depth <= USTAR_DEPTH) return;
  await link(join(root, folder, 'file'), join(root, folder, 'hard'));
  await symlink(`/${folder}/file`, join(root, 'soft-long'));
}

/** A file of `size` bytes with data at its start, in its middle and at its end, and another that is all hole. */
export function writeSparseTree(size: number): (root: string) => Promise<void> {
  return async (root) => {
    await mkdir(root, { recursive: true });
    const sparse = await open(join(root, 'sparse'), 'w');
    for (let piece = 0; piece < 12; piece++) {
      await sparse.write(`data ${piece}`, Math.floor(((size - 7) / 11) * piece));
    }
    await sparse.truncate(size);
    await sparse.close();
    const hole = await open(join(root, 'hole'), 'w');
    await hole.truncate(1_000_000);
    await hole.close();
    await writeFile(join(root, 'after'), 'after the sparse ones');
  };
}

/** Node has no call for extended attributes. */
async function writeXattrs(file: string): Promise<void> {
  const script = `import os, sys
os.setxattr(sys.argv[1], 'security.capability', bytes.fromhex('0100000200040000000000000000000000000000'))
os.setxattr(sys.argv[1], 'user.note', b'a note')`;
  await run(PROGRAMS.python3, ['-I', '-c', script, file]);
}
