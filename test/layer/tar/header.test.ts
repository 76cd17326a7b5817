import { describe, expect, test } from 'vitest';
import { EntryType } from '../../../src/layer/entry-type.ts';
import { type TarEntry, writeTar } from '../../engines/corpus/tar-header.ts';
import { decode, decodeOne, decodeTar } from './decode-tar.ts';

const text =
  (value: string, at: number) =>
  (block: Buffer): void => {
    block.write(value, at, 'latin1');
  };

describe('a ustar header', () => {
  test('gives every field', () => {
    const entry = decodeOne({ name: 'a/b', content: 'abc', mode: 0o6755, uid: 1000, gid: 65534, mtime: 1_600_000_000 });
    expect(entry).toEqual({
      type: EntryType.file,
      path: 'a/b',
      linkPath: '',
      size: 3,
      storedSize: 3,
      mode: 0o6755,
      uid: 1000,
      gid: 65534,
      mtime: 1_600_000_000,
      devMajor: 0,
      devMinor: 0,
      xattrs: '',
      sparse: null,
    });
  });

  test('joins prefix and name', () => {
    expect(decodeOne({ name: 'name', patch: text('some/prefix', 345) }).path).toBe('some/prefix/name');
    const full = decodeOne({ name: 'n'.repeat(100), patch: text('p'.repeat(155), 345) });
    expect(full.path).toBe(`${'p'.repeat(155)}/${'n'.repeat(100)}`);
  });

  test('has a shorter prefix in the star format, whose times stand behind it', () => {
    const star = (block: Buffer): void => {
      text('p'.repeat(131), 345)(block);
      text('14400000000 14400000000 tar\0', 476)(block);
      block.write('tar\0', 508, 'latin1');
    };
    expect(decodeOne({ name: 'name', patch: star }).path).toBe(`${'p'.repeat(131)}/name`);
  });

  test.each(['gnu', 'v7'] as const)('has no prefix in the %s format', (format) => {
    expect(decodeOne({ name: 'name', format, patch: text('14400000000', 345) }).path).toBe('name');
  });

  test('takes names that fill their fields without a NUL', () => {
    const entry = decodeOne({ name: 'n'.repeat(100), type: '2', link: 'l'.repeat(100) });
    expect([entry.path, entry.linkPath]).toEqual(['n'.repeat(100), 'l'.repeat(100)]);
  });

  test('keeps names as bytes', () => {
    expect(decodeOne({ name: Buffer.from([0x61, 0xe9, 0xff]) }).path).toBe('a\xe9\xff');
  });
});

describe('the type flag', () => {
  const types: readonly (readonly [string, keyof typeof EntryType])[] = [
    ['0', 'file'],
    ['\0', 'file'],
    ['7', 'file'],
    ['1', 'hardlink'],
    ['2', 'symlink'],
    ['3', 'char'],
    ['4', 'block'],
    ['5', 'dir'],
    ['6', 'fifo'],
  ];
  test.each(types)('%j is %s', (type, name) => {
    expect(decodeOne({ name: 'x', type }).type).toBe(EntryType[name]);
  });

  test.each(['0', '\0', '7'])('%j with a slash at the end is a directory', (type) => {
    const entry = decodeOne({ name: 'd/', type, format: 'v7' });
    expect([entry.type, entry.size]).toEqual([EntryType.dir, 0]);
  });

  test('that tar does not define leaves the entry out, content and all', () => {
    const tar = writeTar([
      { name: 'z', type: 'Z', content: 'x'.repeat(600) },
      { name: 'after', content: 'after' },
    ]);
    const { entries, contents, oddities } = decodeTar(tar);
    expect(entries.map(({ path }) => path)).toEqual(['after']);
    expect(contents).toEqual(['after']);
    expect(oddities).toEqual({ 'unknown-entry-type': 1 });
  });

  test.each(['1', '2', '3', '4', '5', '6'])('%s has no content, whatever the size field says', (type) => {
    const entries = decode({ name: 'x', type, link: 'y', size: 5000 }, { name: 'after' });
    expect(entries.map(({ path, size, storedSize }) => ({ path, size, storedSize }))).toEqual([
      { path: 'x', size: 0, storedSize: 0 },
      { path: 'after', size: 0, storedSize: 0 },
    ]);
  });

  test('of a device gives its numbers', () => {
    const [char, block] = decode(
      { name: 'c', type: '3', device: [1, 3] },
      { name: 'b', type: '4', device: [259, 65_536], format: 'gnu' },
    );
    expect([char?.devMajor, char?.devMinor, block?.devMajor, block?.devMinor]).toEqual([1, 3, 259, 65_536]);
  });

  test('of a file leaves device fields unread', () => {
    expect(decodeOne({ name: 'f', device: [5, 6] })).toMatchObject({ devMajor: 0, devMinor: 0 });
    expect(decodeOne({ name: 'f', patch: text('garbage!', 329) })).toMatchObject({ devMajor: 0 });
  });
});

describe('a number', () => {
  test('may be padded with spaces or NULs, on either side', () => {
    const padded = (value: string): number => decodeOne({ name: 'f', patch: text(value, 108) }).uid;
    expect(['0001750\0', '  1750 \0', '1750 \0\0\0', '   1750\0', '\0\x001750\0\0', '00001750'].map(padded)).toEqual(
      Array(6).fill(1000),
    );
    expect(padded('\0'.repeat(8))).toBe(0);
    expect(padded(' '.repeat(8))).toBe(0);
  });

  test('in base 256 goes beyond octal digits, and below zero', () => {
    const entry = decodeOne({ name: 'f', uid: 4_000_000_000, gid: 2 ** 40, mtime: 2 ** 43, format: 'gnu' });
    expect(entry).toMatchObject({ uid: 4_000_000_000, gid: 2 ** 40, mtime: 2 ** 43 });
    expect([-1, -255, -256, -257, -2_000_000_000].map((mtime) => decodeOne({ name: 'f', mtime }).mtime)).toEqual([
      -1, -255, -256, -257, -2_000_000_000,
    ]);
  });

  const refused: readonly (readonly [string, TarEntry])[] = [
    ['letters', { name: 'f', patch: text('12x4567\0', 108) }],
    ['a digit of no octal number', { name: 'f', patch: text('0000089\0', 108) }],
    ['a second number in the field', { name: 'f', patch: text('12 34\0\0\0', 108) }],
    ['more than a double holds', { name: 'f', patch: (block) => void block.fill(0xbf, 124, 136) }],
    ['a negative size', { name: 'f', size: -5 }],
    ['a negative owner', { name: 'f', uid: -1 }],
  ];
  test.each(refused)('is refused: %s', (_, entry) => {
    expect(() => decode(entry)).toThrow(expect.objectContaining({ code: 'corrupt-tar' }));
  });
});

describe('the checksum', () => {
  test('may be of unsigned or of signed bytes', () => {
    const name = Buffer.from([0xc3, 0xa9, 0xff]);
    expect(decodeOne({ name }).path).toBe('\xc3\xa9\xff');
    expect(decodeOne({ name, signedChecksum: true }).path).toBe('\xc3\xa9\xff');
  });

  test('has to hold', () => {
    const tar = writeTar([{ name: 'a' }, { name: 'b' }]);
    tar[512] = 0x63;
    expect(() => decodeTar(tar)).toThrow('test.tar: corrupt tar at byte 512: the header checksum does not hold.');
  });
});

describe('the end of an archive', () => {
  const tar = writeTar([{ name: 'a', content: 'abc' }]);

  test('is two zero blocks; what follows is none of it', () => {
    const { entries, oddities } = decodeTar(Buffer.concat([tar, Buffer.from('garbage'), tar]));
    expect([entries.length, oddities]).toEqual([1, {}]);
  });

  test('may be missing, which is odd', () => {
    expect(decodeTar(tar.subarray(0, -1024)).oddities).toEqual({ 'missing-end-of-archive': 1 });
    expect(decodeTar(tar.subarray(0, -512)).oddities).toEqual({ 'missing-end-of-archive': 1 });
    expect(decodeTar(tar.subarray(0, 512 + 3)).oddities).toEqual({ 'missing-end-of-archive': 1 });
  });

  test('is not a single zero block in the middle', () => {
    const { entries, oddities } = decodeTar(Buffer.concat([tar.subarray(0, 1536 - 512), Buffer.alloc(512), tar]));
    expect([entries.length, oddities]).toEqual([2, { 'lone-zero-block': 1 }]);
  });

  test('of no bytes at all is an empty tar', () => {
    expect(decodeTar(Buffer.alloc(0))).toEqual({ entries: [], contents: [], oddities: {} });
  });

  test.each([1, 100, 511, 513, 514])('in the middle of an entry, at byte %d, is an error', (length) => {
    expect(() => decodeTar(tar.subarray(0, length))).toThrow(expect.objectContaining({ code: 'truncated' }));
  });
});
