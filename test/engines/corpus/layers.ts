import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { run } from '../command.ts';
import { packWithGnuTar } from '../gnu-tar.ts';
import { PROGRAMS } from '../requirements.ts';
import type { LayersRecipe } from './recipe.ts';
import { SPARSE_BYTES, writeNamesTree, writeSparseTree, writeTypesTree } from './trees.ts';
import { type TarEntry, gnuLongName, paxHeader, writeTar } from './tar-header.ts';

type Rest = Partial<Pick<LayersRecipe, 'truth' | 'docker'>>;

/** An image whose layers are written header by header. */
function written(name: string, layers: readonly (readonly TarEntry[])[], rest: Rest = {}): LayersRecipe {
  const blobs = layers.map((entries) => ({ tar: writeTar(entries) }));
  return { kind: 'layers', name, layers: async () => await Promise.resolve(blobs), ...rest };
}

/** A one-layer image that a tar program packs from a real tree. */
function packed(
  name: string,
  plant: (folder: string) => Promise<void>,
  pack: (folder: string, tarFile: string) => Promise<unknown>,
  rest: Rest = {},
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

const directory = (name: string, mode = 0o755): TarEntry => ({ name, type: '5', mode });
const symlink = (name: string, link: string): TarEntry => ({ name, type: '2', link, mode: 0o777 });
const hardLink = (name: string, link: string): TarEntry => ({ name, type: '1', link });
const file = (name: string, content: string, mode = 0o644): TarEntry => ({ name, content, mode });
const whiteout = (name: string): TarEntry => ({ name, mode: 0 });

/** RFC 8878, 3.1.2: a magic number, a length, and that many bytes to skip. */
const ZSTD_SKIPPABLE = Buffer.from('502a4d180400000073656564', 'hex');

async function zstd(plainFile: string, content: Buffer): Promise<Buffer> {
  await writeFile(plainFile, content);
  return await run(PROGRAMS.zstd, ['--quiet', '--stdout', plainFile]);
}

const BIG_ID = 4_000_000;
const LONG = `${'d'.repeat(80)}/${'e'.repeat(80)}/${'f'.repeat(120)}`;
const LONG_TARGET = `../${'t'.repeat(150)}/${'u'.repeat(150)}`;

export const LAYERS_RECIPES: readonly LayersRecipe[] = [
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

  written(
    'whiteouts',
    [
      [
        directory('a/'),
        file('a/one', '1'),
        file('a/two', '22'),
        directory('a/sub/'),
        file('a/sub/three', '333'),
        file('b', 'b'),
      ],
      [directory('a/'), whiteout('a/.wh.one'), whiteout('.wh.b'), whiteout('a/.wh.sub')],
      [directory('a/'), directory('a/sub/'), file('a/sub/new', 'new')],
    ],
    { docker: true },
  ),
  written(
    'opaque-marker-first',
    [
      [directory('d/', 0o711), file('d/low', 'low'), directory('d/sub/'), file('d/sub/low', 'low')],
      [directory('d/', 0o750), whiteout('d/.wh..wh..opq'), file('d/high', 'high')],
    ],
    { docker: true },
  ),
  written(
    'opaque-marker-last',
    [
      [directory('d/'), file('d/low', 'low'), directory('d/sub/'), file('d/sub/low', 'low')],
      [
        directory('d/'),
        file('d/high', 'high'),
        directory('d/sub/'),
        file('d/sub/high', 'high'),
        whiteout('d/.wh..wh..opq'),
      ],
    ],
    { docker: true },
  ),
  written('opaque-root', [
    [file('low', 'low'), directory('d/'), file('d/low', 'low')],
    [whiteout('.wh..wh..opq'), file('high', 'high')],
  ]),
  written('aufs-metadata', [
    [
      directory('d/'),
      file('d/kept', 'kept'),
      whiteout('.wh..wh.aufs'),
      directory('.wh..wh.plnk/'),
      directory('.wh..wh.orph/'),
    ],
    [directory('d/'), whiteout('d/.wh..wh..opq'), file('d/new', 'new')],
  ]),
  written('whiteout-without-target', [
    [file('a', 'a')],
    [whiteout('.wh.missing'), whiteout('x/y/.wh.z'), file('b', 'b')],
  ]),
  written('name-then-its-whiteout', [
    [directory('d/'), file('d/f', 'old'), file('g', 'old')],
    [directory('d/'), file('d/f', 'newer'), whiteout('d/.wh.f'), whiteout('.wh.g'), file('g', 'newest')],
  ]),
  written('directory-whiteout-and-new-contents', [
    [directory('d/'), file('d/low', 'low'), directory('d/sub/'), file('d/sub/low', 'low')],
    [whiteout('.wh.d'), directory('d/', 0o700), file('d/high', 'high')],
  ]),
  written('names-to-clean', [
    [
      directory('./'),
      directory('./a'),
      file('./a/one', '1'),
      file('a//two', '2'),
      file('/abs', 'abs'),
      file('a/./three', '3'),
    ],
    [file('a/x/../four', '4'), file('../escape', 'e'), file('a/../../five', '5'), directory('a/sub///')],
  ]),
  written('missing-parents', [
    [file('a/b/c/file', 'x'), symlink('l/m/link', '/a/b'), directory('a/', 0o700)],
    [file('a/b/d/file', 'y')],
  ]),
  written('parent-not-repeated', [[directory('d/', 0o700), file('d/a', 'a')], [file('d/b', 'b')]]),
  written('symlinked-parent-in-a-lower-layer', [
    [
      directory('usr/'),
      directory('usr/lib/'),
      symlink('lib', 'usr/lib'),
      symlink('abs', '/usr'),
      symlink('up', '../../usr/lib'),
    ],
    [file('lib/x', 'x'), file('abs/lib/y', 'yy'), file('up/z', 'zzz')],
    [whiteout('lib/.wh.x'), file('abs/w', 'w')],
  ]),
  written('symlink-out-of-the-root', [
    [symlink('etc', '../../../../etc-inside'), directory('etc-inside/'), symlink('chain', 'etc'), symlink('dot', '.')],
    [file('etc/passwd', 'p'), file('chain/group', 'gg'), file('dot/top', 't')],
  ]),
  written(
    'directory-over-symlink',
    [
      [directory('usr/'), directory('usr/lib/'), file('usr/lib/low', 'l'), symlink('lib', 'usr/lib')],
      [directory('lib/'), file('lib/high', 'h')],
    ],
    { docker: true },
  ),
  written(
    'non-directory-over-directory',
    [
      [
        directory('d/'),
        file('d/f', 'f'),
        directory('e/'),
        file('e/f', 'f'),
        directory('g/'),
        directory('g/h/'),
        file('g/h/i', 'i'),
      ],
      [file('d', 'now a file'), symlink('e', 'd'), { name: 'g/h', type: '6', mode: 0o600 }],
    ],
    { docker: true },
  ),
  written('hard-links', [
    [
      file('one', '1234', 0o640),
      hardLink('two', 'one'),
      directory('d/'),
      hardLink('d/three', './two'),
      hardLink('four', '/one'),
    ],
    [whiteout('.wh.one'), file('two', 'replaced')],
  ]),
  written('hard-link-to-a-lower-layer', [
    [file('one', '12345', 0o600)],
    [hardLink('two', 'one')],
    [whiteout('.wh.one')],
  ]),
  written('hard-link-to-a-symlink', [[file('f', 'f'), symlink('s', 'f'), hardLink('t', 's')]]),
  written('repeated-paths', [
    [
      file('f', 'first'),
      file('f', 'second!'),
      directory('d/', 0o700),
      directory('d/', 0o711),
      file('g', 'g'),
      symlink('g', 'f'),
    ],
  ]),
  written(
    'devices',
    [
      [
        { name: 'null', type: '3', mode: 0o666, device: [1, 3] },
        { name: 'loop', type: '4', mode: 0o660, gid: 6, device: [7, 1] },
        { name: 'pipe', type: '6', mode: 0o622 },
        { name: 'suid', content: 'x', mode: 0o4755, uid: 1, gid: 2 },
        directory('sticky/', 0o1777),
      ],
      [whiteout('.wh.null')],
    ],
    { docker: true },
  ),
  written(
    'old-type-flags',
    [
      [
        { name: 'nul', type: '\0', content: 'nul' },
        { name: 'old-directory/', type: '\0', format: 'v7', mode: 0o755 },
        { name: 'contiguous', type: '7', content: 'seven' },
      ],
    ],
    { truth: 'gnu-tar' },
  ),
  written('base-256-owners', [
    [
      { name: 'f', content: 'x', uid: 2 ** 31 - 2, gid: BIG_ID, format: 'gnu' },
      { ...directory('d/'), uid: BIG_ID, format: 'gnu' },
    ],
  ]),
  written('pax-wins-over-the-header', [
    [
      paxHeader({ path: 'real-name', uid: '70000', gid: '80000', mtime: '1700000000.25' }),
      file('header-name', 'content'),
      paxHeader({ path: LONG, linkpath: LONG_TARGET }),
      symlink('short', 'short'),
      paxHeader({ path: Buffer.from('latin1-\xe9', 'latin1') }),
      file('x', 'y'),
      file('after', 'no records left over'),
    ],
  ]),
  written(
    'global-pax-header',
    [[paxHeader({ comment: 'a commit' }, 'g'), file('f', 'f'), paxHeader({ uid: '1234' }, 'g'), file('h', 'h')]],
    { truth: 'gnu-tar' },
  ),
  written('gnu-long-names', [
    [
      gnuLongName(LONG),
      { ...file(LONG.slice(0, 100), 'long'), format: 'gnu' },
      gnuLongName(LONG_TARGET, 'K'),
      gnuLongName(`${LONG}-link`),
      { ...symlink('l', 't'), format: 'gnu' },
      file('after', 'a'),
    ],
  ]),
  written('empty-layers', [[], [file('f', 'f')], [], []]),

  {
    kind: 'layers',
    name: 'gzip-members',
    // One gzip member per block: what a parallel or a seekable compressor writes.
    layers: async () => {
      const tar = writeTar([file('a', 'a'.repeat(700)), file('b', 'b')]);
      const members: Buffer[] = [];
      for (let at = 0; at < tar.length; at += 512) members.push(gzipSync(tar.subarray(at, at + 512)));
      return await Promise.resolve([{ tar, compressed: { bytes: Buffer.concat(members), as: 'gzip' } }]);
    },
  },
  {
    kind: 'layers',
    name: 'zstd-frames',
    // A skippable frame first, then two data frames: what pzstd and seekable writers make.
    layers: async (folder) => {
      const tar = writeTar([file('a', 'a'.repeat(700)), file('b', 'b')]);
      const frames = await Promise.all([
        zstd(join(folder, 'head'), tar.subarray(0, 800)),
        zstd(join(folder, 'tail'), tar.subarray(800)),
      ]);
      return [{ tar, compressed: { bytes: Buffer.concat([ZSTD_SKIPPABLE, ...frames]), as: 'zstd' } }];
    },
    truth: 'gnu-tar',
  },
];
