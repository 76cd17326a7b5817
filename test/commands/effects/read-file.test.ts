import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { contentLimit, readFile } from '../../../src/commands/effects/read-file.ts';
import type { LoadedImage } from '../../../src/commands/load-image.ts';
import { snapshotAfter } from '../../../src/filesystem/snapshot.ts';
import type { FileContent } from '../../../src/tui/file/content.ts';
import { paxHeader, writeTar } from '../../engines/corpus/tar-header.ts';
import { dir, file, hardLink, layer, symlink, whiteout } from '../../write-layer.ts';
import { loadLayers, nodeOf } from '../loaded-image.ts';
import { scratchFolder } from '../scratch-folder.ts';

const folder = scratchFolder();

/** A file as a layer left it. */
function readAt(loaded: LoadedImage, path: string, layer: number, limit?: number): Promise<FileContent> {
  const ref = snapshotAfter(loaded.union, layer).inode(nodeOf(loaded, path));
  if (ref === null) throw new Error(`${path} has no entry`);
  return readFile(loaded, path, ref, limit);
}

const big = Buffer.alloc(3_000_000, '0123456789');
const lower = layer({
  text: file('one\ntwo\n'),
  gone: file('was here'),
  empty: file(''),
  big: file(big),
  hard: hardLink('text'),
  link: symlink('text'),
  dir: dir(),
});
const upper = layer({ text: file('three\n'), '.wh.gone': whiteout });

describe.each([
  ['uncompressed', lower],
  ['gzip', { tar: lower, blob: gzipSync(lower) }],
])('from layers that are %s', (_, written) => {
  test('every layer has its own', async () => {
    const loaded = await loadLayers(folder, written, upper);
    const content = await readAt(loaded, '/text', 0);
    expect(Buffer.from(content.bytes).toString()).toBe('one\ntwo\n');
    expect(content).toMatchObject({
      path: '/text',
      sizeBytes: 8,
      format: null,
      text: true,
      ref: { layer: 0, entry: 0 },
    });
    expect(Buffer.from((await readAt(loaded, '/text', 1)).bytes).toString()).toBe('three\n');
    expect(Buffer.from((await readAt(loaded, '/gone', 0)).bytes).toString()).toBe('was here');
    expect(Buffer.from((await readAt(loaded, '/hard', 1)).bytes).toString()).toBe('one\ntwo\n');
    expect(await readAt(loaded, '/empty', 1)).toMatchObject({ sizeBytes: 0, bytes: new Uint8Array(0), text: true });
  });

  test('only the first part of a large one is read', async () => {
    const loaded = await loadLayers(folder, written);
    const content = await readAt(loaded, '/big', 0);
    expect([content.sizeBytes, content.bytes.length, content.text]).toEqual([3_000_000, contentLimit, true]);
    expect(big.subarray(0, contentLimit).equals(content.bytes)).toBe(true);
    expect(Buffer.from((await readAt(loaded, '/big', 0, 12)).bytes).toString()).toBe('012345678901');
  });
});

test('what is no file has no content', async () => {
  const loaded = await loadLayers(folder, lower);
  await expect(readAt(loaded, '/link', 0)).rejects.toThrow('/link: is a symlink, not a regular file.');
  await expect(readAt(loaded, '/dir', 0)).rejects.toThrow('/dir: is a dir, not a regular file.');
});

test('a damaged layer is said, where its damage is reached', async () => {
  const blob = gzipSync(lower);
  const loaded = await loadLayers(folder, { tar: lower, blob });
  const broken = loaded.contents[0];
  if (broken?.kind !== 'extent') throw new Error('not on disk');
  const contents = [{ ...broken, extent: { ...broken.extent, size: 1000 } }];
  const cut = { ...loaded, contents };
  expect((await readAt(cut, '/text', 0)).sizeBytes).toBe(8);
  await expect(readAt(cut, '/big', 0)).rejects.toMatchObject({ code: 'corrupt-compression' });
});

describe('a sparse file', () => {
  const sparse = (map: string, size: number, content: string): Buffer =>
    writeTar([
      paxHeader({ 'GNU.sparse.map': map, 'GNU.sparse.size': String(size), 'GNU.sparse.name': 'sparse' }),
      { name: 'sparse', content },
    ]);

  test('has zeros for its holes', async () => {
    const loaded = await loadLayers(folder, sparse('2,3,8,1', 10, 'abcd'));
    const content = await readAt(loaded, '/sparse', 0);
    expect(Buffer.from(content.bytes).toString()).toBe('\0\0abc\0\0\0d\0');
    expect(content).toMatchObject({ sizeBytes: 10, format: 'sparse file', text: false });
  });

  test('of exabytes, with pieces in any order, costs what is read', async () => {
    const size = Number.MAX_SAFE_INTEGER;
    const loaded = await loadLayers(folder, sparse(`${size - 2},2,${contentLimit - 1},2,0,1`, size, 'yzmna'));
    const { sizeBytes, bytes } = await readAt(loaded, '/sparse', 0);
    expect([sizeBytes, bytes.length]).toEqual([size, contentLimit]);
    expect([bytes[0], bytes[1], bytes[contentLimit - 1]]).toEqual([0x61, 0, 0x6d]);
  });
});

describe('what it is, by its first bytes', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');
  const elf = Buffer.concat([Buffer.from('7f454c4602010100', 'hex'), Buffer.alloc(56)]);
  const tar = layer({ a: file('a') });
  test.each([
    ['an image', Buffer.concat([png, Buffer.alloc(40)]), 'PNG image'],
    ['a program', elf, 'ELF executable'],
    ['an archive', tar, 'tar archive'],
    ['a packed archive', gzipSync(tar), 'gzip archive of a tar'],
    ['a packed file', gzipSync('text'), 'gzip archive'],
    ['a sound', Buffer.from('664c614300000022', 'hex'), 'FLAC audio'],
    ['a database', Buffer.from(`SQLite format 3\0${'\0'.repeat(90)}`), 'SQLite database'],
    ['a text', Buffer.from('#!/bin/sh\n'), null],
    [
      'a signature with nonsense behind it',
      Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(9, 255)]),
      'ZIP archive',
    ],
    ['one byte', Buffer.from([0x7f]), null],
  ])('%s', async (_, bytes, format) => {
    const loaded = await loadLayers(folder, layer({ file: file(bytes) }));
    expect((await readAt(loaded, '/file', 0)).format).toBe(format);
  });
});
