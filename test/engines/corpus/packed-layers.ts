import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../command.ts';
import { packWithGnuTar } from '../gnu-tar.ts';
import { PROGRAMS } from '../requirements.ts';
import type { LayersRecipe } from './recipe.ts';
import { SPARSE_BYTES, writeNamesTree, writeSparseTree, writeTypesTree } from './trees.ts';

/** A one-layer image that a tar program packs from a real tree. */
function packed(
  name: string,
  plant: (folder: string) => Promise<void>,
  pack: (folder: string, tarFile: string) => Promise<unknown>,
  rest: Partial<Pick<LayersRecipe, 'truth'>> = {},
): LayersRecipe {
  const layers = async (folder: string): Promise<readonly { tar: Buffer }[]> => {
    const tree = join(folder, 'tree');
    const tarFile = join(folder, 'layer.tar');
    await plant(tree);
    await pack(tree, tarFile);
    return [{ tar: await readFile(tarFile) }];
  };
  return { kind: 'layers', name, layers, ...rest };
}

const gnuTar =
  (...options: string[]) =>
  async (tree: string, tarFile: string) =>
    await packWithGnuTar(tree, tarFile, options);
const bsdTar =
  (...options: string[]) =>
  async (tree: string, tarFile: string) =>
    await run(PROGRAMS.bsdtar, ['-c', ...options, '-f', tarFile, '-C', tree, '.']);
const busyboxTar = async (tree: string, tarFile: string) =>
  await run(PROGRAMS.busybox, ['tar', '-c', '-f', tarFile, '-C', tree, '.']);
const pythonTar = (format: string) => async (tree: string, tarFile: string) =>
  await run(PROGRAMS.python3, [
    '-I',
    '-c',
    `import sys, tarfile\nwith tarfile.open(sys.argv[2], 'w', format=tarfile.${format}) as t: t.add(sys.argv[1], '.')`,
    tree,
    tarFile,
  ]);

const BIG_ID = 4_000_000;

/** One layer each, as the tar programs write it. */
export const PACKED_LAYERS: readonly LayersRecipe[] = [
  // Every writer's own idea of long names, owners and devices.
  packed('gnu-tar-v7', writeTypesTree('v7'), gnuTar('--format=v7')),
  packed('gnu-tar-oldgnu', writeTypesTree('long'), gnuTar('--format=oldgnu')),
  packed('gnu-tar-gnu', writeNamesTree, gnuTar('--format=gnu')),
  packed('gnu-tar-ustar', writeTypesTree('prefix'), gnuTar('--format=ustar')),
  packed('gnu-tar-posix', writeNamesTree, gnuTar('--format=posix')),
  packed('gnu-tar-big-ids', writeTypesTree('long'), gnuTar('--format=gnu', `--owner=:${BIG_ID}`, `--group=:${BIG_ID}`)),
  packed(
    'gnu-tar-posix-ids',
    writeTypesTree('long'),
    gnuTar('--format=pax', `--owner=:${BIG_ID}`, '--group=:4000000000'),
  ),
  packed('gnu-tar-xattrs', writeTypesTree('xattrs'), gnuTar('--format=posix', '--xattrs', '--xattrs-include=*')),
  packed('bsdtar-pax', writeNamesTree, bsdTar('--format=pax')),
  packed('bsdtar-ustar', writeTypesTree('prefix'), bsdTar('--format=ustar')),
  packed('bsdtar-gnutar', writeNamesTree, bsdTar('--format=gnutar')),
  packed('busybox-tar', writeTypesTree('long'), busyboxTar),
  packed('python-pax', writeTypesTree('long'), pythonTar('PAX_FORMAT')),
  packed('python-gnu', writeTypesTree('long'), pythonTar('GNU_FORMAT')),

  // Sparse files: the size is what a reader of the file sees, in four encodings. umoci reads none or some of them.
  packed('sparse-gnu', writeSparseTree(SPARSE_BYTES), gnuTar('-S', '--format=gnu'), { truth: 'gnu-tar' }),
  packed('sparse-0.0', writeSparseTree(SPARSE_BYTES), gnuTar('-S', '--format=posix', '--sparse-version=0.0'), {
    truth: 'gnu-tar',
  }),
  packed('sparse-0.1', writeSparseTree(SPARSE_BYTES), gnuTar('-S', '--format=posix', '--sparse-version=0.1'), {
    truth: 'gnu-tar',
  }),
  packed('sparse-1.0', writeSparseTree(SPARSE_BYTES), gnuTar('-S', '--format=posix', '--sparse-version=1.0'), {
    truth: 'gnu-tar',
  }),
  // More than eleven octal digits hold: base-256 in one format, a PAX record in the other.
  packed('sparse-9-gib-gnu', writeSparseTree(9 * 1024 ** 3), gnuTar('-S', '--format=gnu'), { truth: 'gnu-tar' }),
  packed('sparse-9-gib-posix', writeSparseTree(9 * 1024 ** 3), gnuTar('-S', '--format=posix'), { truth: 'gnu-tar' }),
  packed('sparse-bsdtar', writeSparseTree(SPARSE_BYTES), bsdTar('--read-sparse', '--format=pax'), { truth: 'gnu-tar' }),
];
