import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { runFake } from '../commands/fake-host.ts';
import { writeTar } from '../engines/corpus/tar-header.ts';
import { complaint, folder, tar, write } from './complaint.ts';

const missing = (path: string): string =>
  `layerscope: ${path}: no such file or directory. Give a path to an image archive or OCI layout, or - for standard input.\n`;

describe('no image at all', () => {
  const looked = 'Looked for manifest.json (docker save) or oci-layout with index.json (OCI).';
  test.each<[what: string, bytes: Buffer, says: string]>([
    ['an empty file', Buffer.alloc(0), 'standard input: is empty. Check that the command that writes it succeeded.'],
    [
      'a text',
      Buffer.from('FROM scratch\n'),
      `standard input: not a container image (neither a tar nor compressed). ${looked}`,
    ],
    [
      'a long text',
      Buffer.alloc(5000, 'text\n'),
      `standard input: not a container image (neither a tar nor compressed). ${looked}`,
    ],
    ['zeros', Buffer.alloc(2048), `standard input: not a container image (neither is there). ${looked}`],
    ['a tar of something else', tar, `standard input: not a container image (neither is there). ${looked}`],
    [
      'a compressed text',
      gzipSync('text'),
      'standard input: ends in the middle of an entry at byte 4. The file is truncated; copy or save it again.',
    ],
    ['nothing, compressed', gzipSync(''), `standard input: not a container image (neither is there). ${looked}`],
    [
      'xz',
      Buffer.from('fd377a585a00000000', 'hex'),
      'standard input: is compressed with xz. Only gzip and zstd occur in images; decompress it first.',
    ],
    [
      'bzip2',
      Buffer.from('BZh91AY&SY'),
      'standard input: is compressed with bzip2. Only gzip and zstd occur in images; decompress it first.',
    ],
    [
      'a gzip head',
      Buffer.from('1f8b0800', 'hex'),
      'standard input: the gzip stream is damaged or truncated (unexpected end of file).',
    ],
    [
      'a zstd head',
      Buffer.from('28b52ffd', 'hex'),
      'standard input: the zstd stream is damaged or truncated (unexpected bytes between frames).',
    ],
  ])('%s', async (_what, bytes, says) => {
    expect(await complaint(bytes)).toBe(says);
  });

  test('a root filesystem', async () => {
    // As `docker export` gives it: many small files, some of them texts, some empty, some compressed.
    const files = Array.from({ length: 3000 }, (_, at) => ({
      name: `f${at}`,
      content: ['', '{"a":', 'text', gzipSync('x')][at % 4] ?? '',
    }));
    expect(await complaint(writeTar(files))).toContain('not a container image (neither is there)');
  });

  test('more files than any image has', async () => {
    const file = write(
      'many.tar.gz',
      gzipSync(writeTar(Array.from({ length: 100_001 }, (_, at) => ({ name: `${at}` })))),
    );
    expect(await runFake([file])).toMatchObject({
      status: 2,
      stderr: `layerscope: ${file}: not a container image (a tar of more than 100000 files). ${looked}\n`,
    });
  });

  test('paths that are none', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty, { recursive: true });
    for (const command of ['analyze', 'ls', 'history']) {
      for (const path of ['/no/such/file', './no-name', 'oci:/no/such:tag', '/no/such#1'])
        expect(await runFake([command, path])).toMatchObject({ status: 2, stderr: missing(path.replace('oci:', '')) });
      expect((await runFake([command, empty])).stderr).toBe(
        `layerscope: ${empty}: not a container image (a directory without the files of an OCI layout). ${looked}\n`,
      );
    }
    expect(await runFake(['analyze', '/dev/null'])).toMatchObject({
      status: 2,
      stderr: 'layerscope: /dev/null: is empty. Check that the command that writes it succeeded.\n',
    });
    expect(await runFake(['analyze', '/dev/zero'])).toMatchObject({ status: 2, stdout: '' });
  });
});
