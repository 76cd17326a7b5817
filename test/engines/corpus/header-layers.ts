import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { run } from '../command.ts';
import { PROGRAMS } from '../requirements.ts';
import type { LayersRecipe } from './recipe.ts';
import { gnuLongName, paxHeader, writeTar } from './tar-header.ts';
import { directory, file, hardLink, symlink, whiteout, written } from './written-layer.ts';

const BIG_ID = 4_000_000;
const LONG = `${'d'.repeat(80)}/${'e'.repeat(80)}/${'f'.repeat(120)}`;
const LONG_TARGET = `../${'t'.repeat(150)}/${'u'.repeat(150)}`;

/** RFC 8878, 3.1.2: a magic number, a length, and that many bytes to skip. */
const ZSTD_SKIPPABLE = Buffer.from('502a4d180400000073656564', 'hex');

async function zstd(plainFile: string, content: Buffer): Promise<Buffer> {
  await writeFile(plainFile, content);
  return await run(PROGRAMS.zstd, ['--quiet', '--stdout', plainFile]);
}

/** What a header may say, and how a layer may be compressed, beyond what tar programs write. */
export const HEADER_LAYERS: readonly LayersRecipe[] = [
  written(
    'names-to-clean',
    [
      [
        directory('./'),
        directory('./a'),
        file('./a/one', '1'),
        file('a//two', '2'),
        file('/abs', 'abs'),
        file('a/./three', '3'),
      ],
      [file('a/x/../four', '4'), file('../escape', 'e'), file('a/../../five', '5'), directory('a/sub///')],
    ],
    { docker: true },
  ),
  written(
    'missing-parents',
    [[file('a/b/c/file', 'x'), symlink('l/m/link', '/a/b'), directory('a/', 0o700)], [file('a/b/d/file', 'y')]],
    { docker: true },
  ),
  written('hard-link-to-a-symlink', [[file('f', 'f'), symlink('s', 'f'), hardLink('t', 's')]], { docker: true }),
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
  written(
    'base-256-owners',
    [
      [
        { name: 'f', content: 'x', uid: 2 ** 31 - 2, gid: BIG_ID, format: 'gnu' },
        { ...directory('d/'), uid: BIG_ID, format: 'gnu' },
      ],
    ],
    { docker: true },
  ),
  written(
    'pax-wins-over-the-header',
    [
      [
        paxHeader({ path: 'real-name', uid: '70000', gid: '80000', mtime: '1700000000.25' }),
        file('header-name', 'content'),
        paxHeader({ path: LONG, linkpath: LONG_TARGET }),
        symlink('short', 'short'),
        paxHeader({ path: Buffer.from('latin1-\xe9', 'latin1') }),
        file('x', 'y'),
        file('after', 'no records left over'),
      ],
    ],
    { docker: true },
  ),
  written(
    'global-pax-header',
    [[paxHeader({ comment: 'a commit' }, 'g'), file('f', 'f'), paxHeader({ uid: '1234' }, 'g'), file('h', 'h')]],
    { truth: 'gnu-tar' },
  ),
  written(
    'gnu-long-names',
    [
      [
        gnuLongName(LONG),
        { ...file(LONG.slice(0, 100), 'long'), format: 'gnu' },
        gnuLongName(LONG_TARGET, 'K'),
        gnuLongName(`${LONG}-link`),
        { ...symlink('l', 't'), format: 'gnu' },
        file('after', 'a'),
      ],
    ],
    { docker: true },
  ),
  written('empty-layers', [[], [file('f', 'f')], [], []]),
  // Linux knows no permissions of a link: it is 0777 on disk, whatever a tar made elsewhere says.
  written('symlink-modes', [
    [
      { ...symlink('a', 'b'), mode: 0o755 },
      { ...symlink('c', 'd'), mode: 0 },
    ],
  ]),
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
