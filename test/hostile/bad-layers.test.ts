import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { runFake } from '../commands/fake-host.ts';
import { paxHeader, writeTar } from '../engines/corpus/tar-header.ts';
import { archiveOf, dockerFiles } from '../sources/written-image.ts';
import { complaint, folder, image, tar, write } from './complaint.ts';

const base256 = (top: number): Buffer => Buffer.from([top, ...Array.from({ length: 11 }, () => 0xff)]);

function withType(bytes: Buffer, type: string): Buffer {
  const changed = Buffer.from(bytes);
  changed.write(type, 156);
  changed.fill(' ', 148, 156);
  const sum = changed.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  changed.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return changed;
}

const layer = async (bytes: Buffer): Promise<string> => complaint(archiveOf(dockerFiles({ layers: [{ tar: bytes }] })));

const withSize = (field: Buffer): Buffer => {
  const bytes = Buffer.from(tar);
  field.copy(bytes, 124);
  bytes.fill(' ', 148, 156);
  const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
};

describe('layers', () => {
  test.each<[what: string, bytes: Buffer, says: RegExp]>([
    ['a size beyond the end', withSize(Buffer.from('77777777777\0')), /ends in the middle of an entry at byte 2048/],
    ['a huge base-256 size', withSize(base256(0x80)), /the size field is no number/],
    ['a negative base-256 size', withSize(base256(0xff)), /a size is negative/],
    [
      'a size of exabytes',
      withSize(Buffer.from([0x80, 0, 0, 0, 0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
      /ends in the middle of an entry|no number/,
    ],
    ['letters as size', withSize(Buffer.from('abcdefghijk\0')), /the size field is no number/],
    [
      'a PAX header of gigabytes',
      withType(withSize(Buffer.from('60000000000\0')), 'x'),
      /an extension header claims 6442450944 bytes/,
    ],
    [
      'a long name of gigabytes',
      withType(withSize(Buffer.from('60000000000\0')), 'L'),
      /an extension header claims 6442450944 bytes/,
    ],
    [
      'a PAX size that is none',
      writeTar([paxHeader({ size: '1e9' }), { name: 'file' }]),
      /the size field is no number/,
    ],
    [
      'a PAX size beyond the end',
      writeTar([paxHeader({ size: '9007199254740991' }), { name: 'file' }]),
      /ends in the middle of an entry/,
    ],
    [
      'a PAX header without records',
      writeTar([{ name: 'x', type: 'x', content: 'garbage' }]),
      /an extended header is not made of valid records/,
    ],
    ['a NUL in a name', writeTar([paxHeader({ path: 'a\0b' }), { name: 'file' }]), /a name contains NUL/],
    ['random bytes', Buffer.alloc(2048, 'random'), /the header checksum does not hold/],
    [
      'gzip that is none',
      Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(2000, 7)]),
      /the gzip stream is damaged or truncated/,
    ],
    ['gzip cut short', gzipSync(tar).subarray(0, -20), /the gzip stream is damaged or truncated/],
    ['gzip of a text', gzipSync('text'), /ends in the middle of an entry at byte 4/],
    ['xz', Buffer.concat([Buffer.from('fd377a585a0000', 'hex'), Buffer.alloc(600)]), /is compressed with xz/],
  ])('%s', async (_what, bytes, says) => {
    expect(await layer(bytes)).toMatch(says);
  });

  test('a damaged file that is no layer of the image does no harm', async () => {
    const files = dockerFiles(image);
    files.set('other.tar.gz', Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(2000, 7)]));
    files.set('other.tar', withSize(base256(0x80)));
    const archive = archiveOf(files);
    for (const args of [['-'], [write('other.tar', archive)]])
      expect(await runFake(args, { stdin: archive })).toMatchObject({ status: 0, stderr: '' });
  });

  test('paths that climb and links that never end', async () => {
    const bytes = writeTar([
      { name: '../../../etc/passwd', content: 'climbs' },
      { name: '/absolute', content: 'absolute' },
      { name: 'loop', type: '2', link: 'pool' },
      { name: 'pool', type: '2', link: 'loop' },
      { name: 'self', type: '1', link: 'self' },
      { name: 'one', type: '1', link: 'two' },
      { name: 'two', type: '1', link: 'one' },
      { name: '..', type: '5' },
      { name: '.', content: 'root' },
    ]);
    const stdin = archiveOf(dockerFiles({ layers: [{ tar: bytes }] }));
    const { status, stdout } = await runFake(['-', '--json'], { stdin });
    expect(status).toBe(0);
    const { warnings } = JSON.parse(stdout) as { warnings: { code: string }[] };
    expect(warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['unsafe-path', 'dangling-hardlink']));
    expect((await runFake(['cat', '-', '/etc/passwd'], { stdin })).stdout).toBe('climbs');
    expect((await runFake(['cat', '-', '/loop'], { stdin })).stderr).toBe(
      'layerscope: /loop: too many levels of symbolic links.\n',
    );
    expect((await runFake(['cat', '-', '/loop/x'], { stdin })).stderr).toBe(
      'layerscope: /loop/x: too many levels of symbolic links.\n',
    );
    const target = join(folder, 'out');
    expect(await runFake(['extract', '-', '/', '-o', target], { stdin })).toMatchObject({ status: 0 });
    expect(readdirSync(target).sort()).toEqual(['absolute', 'etc', 'loop', 'pool']);
  });
});
