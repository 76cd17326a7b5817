import { describe, expect, test } from 'vitest';
import { EntryType } from '../../../src/layer/entry-type.ts';
import { gnuLongName, paxHeader, type TarEntry } from '../../engines/corpus/tar-header.ts';
import { decode, decodeOne } from './decode-tar.ts';

/** An extended header with exactly this content. */
const rawPax = (content: string): TarEntry => ({ name: 'pax', type: 'x', content: Buffer.from(content, 'latin1') });

describe('GNU long names', () => {
  const long = 'directory/'.repeat(30);

  test('replace the name and the link of the next entry only', () => {
    const [file, link, after] = decode(
      gnuLongName(`${long}file`),
      { name: 'cut', format: 'gnu' },
      gnuLongName(`${long}target`, 'K'),
      gnuLongName(`${long}link`),
      { name: 'cut', type: '2', link: 'cut', format: 'gnu' },
      { name: 'after', type: '2', link: 'short' },
    );
    expect(file?.path).toBe(`${long}file`);
    expect([link?.path, link?.linkPath]).toEqual([`${long}link`, `${long}target`]);
    expect([after?.path, after?.linkPath]).toEqual(['after', 'short']);
  });

  test('end at a NUL or with the header', () => {
    expect(decodeOne({ name: 'L', type: 'L', content: 'name\0rest' }, { name: 'x' }).path).toBe('name');
    expect(decodeOne({ name: 'L', type: 'L', content: 'name' }, { name: 'x' }).path).toBe('name');
  });

  test('tell a directory by their own slash', () => {
    expect(decodeOne(gnuLongName(`${long}d/`), { name: 'cut', type: '0' }).type).toBe(EntryType.dir);
  });
});

describe('PAX records', () => {
  test('win over the header and over GNU long names', () => {
    const entry = decodeOne(
      gnuLongName('gnu'),
      paxHeader({
        path: 'real',
        linkpath: 'target',
        mtime: '1600000000.25',
        uid: '70000',
        gid: '80000',
        'SCHILY.devmajor': '7',
        'SCHILY.devminor': '8',
      }),
      { name: 'header', type: '2', link: 'x', uid: 1, gid: 2 },
    );
    expect(entry).toMatchObject({
      path: 'real',
      linkPath: 'target',
      mtime: 1_600_000_000.25,
      uid: 70_000,
      gid: 80_000,
    });
    expect(entry).toMatchObject({ devMajor: 7, devMinor: 8 });
  });

  test('hold for one entry', () => {
    const [, after] = decode(paxHeader({ path: 'real', uid: '7' }), { name: 'a' }, { name: 'b' });
    expect(after).toMatchObject({ path: 'b', uid: 0 });
  });

  test('may give a size that the field cannot hold', () => {
    const content = 'x'.repeat(700);
    const entries = decode(paxHeader({ size: '700' }), { name: 'a', content, size: 0 }, { name: 'after' });
    expect(entries.map(({ path, size }) => [path, size])).toEqual([
      ['a', 700],
      ['after', 0],
    ]);
  });

  test('may hold names that are not UTF-8, with newlines and equals signs', () => {
    const path = Buffer.from('a=b\nc \xe9', 'latin1');
    expect(decodeOne(paxHeader({ path }), { name: 'x' }).path).toBe('a=b\nc \xe9');
  });

  test('with an empty value take nothing away from the header', () => {
    expect(decodeOne(paxHeader({ path: '', mtime: '', uid: '' }), { name: 'a', uid: 3, mtime: 5 })).toMatchObject({
      path: 'a',
      uid: 3,
      mtime: 5,
    });
  });

  test('may give times before 1970', () => {
    expect(decodeOne(paxHeader({ mtime: '-1.5' }), { name: 'a' }).mtime).toBe(-1.5);
  });

  test('carry extended attributes, sorted by name', () => {
    const value = Buffer.from([1, 0, 0, 2, 0xff]);
    const records = { 'SCHILY.xattr.user.b': 'x', 'SCHILY.xattr.security.capability': value, comment: 'no attribute' };
    expect(decodeOne(paxHeader(records), { name: 'a' }).xattrs).toBe(
      'security.capability=\x01\0\0\x02\xff\0user.b=x\0',
    );
  });

  test.each(['x', 'X'])('may come in a header of type %s', (type) => {
    expect(decodeOne({ ...rawPax('10 path=q\n'), type }, { name: 'a' }).path).toBe('q');
  });

  test('may be padded with NULs', () => {
    expect(decodeOne(rawPax(`10 path=q\n${'\0'.repeat(40)}`), { name: 'a' }).path).toBe('q');
    expect(decodeOne(rawPax(''), { name: 'a' }).path).toBe('a');
  });

  test.each([
    ['a length that is no number', 'x path=q\n'],
    ['a length beyond the header', '99 path=q\n'],
    ['a length too short', '3 path=q\n'],
    ['no equals sign', '9 pathq \n'],
    ['no keyword', '7 =abc\n'],
    ['no newline at the end', '10 path=qq'],
    ['a negative length', '-1 path=q\n'],
    ['a length of zero', '0 path=q\n'],
    ['a NUL in a name', '12 path=q\0q\n'],
    ['a size that is no number', '11 size=1x\n'],
    ['a size beyond a double', '25 size=99999999999999999\n'],
    ['a negative owner', '9 uid=-1\n'],
    ['a time that is no number', '13 mtime=now\n'],
  ])('are refused with %s', (_, content) => {
    expect(() => decode(rawPax(content), { name: 'a' })).toThrow(expect.objectContaining({ code: 'corrupt-tar' }));
  });

  test('that claim more than a mebibyte are refused before anything is read', () => {
    const claim = { name: 'p', type: 'x', size: 1024 ** 2 + 1 };
    expect(() => decode(claim)).toThrow('an extension header claims 1048577 bytes');
    expect(() => decode({ ...claim, type: 'L' })).toThrow('an extension header claims');
    expect(() => decode({ ...claim, type: 'g' })).toThrow('an extension header claims');
  });
});

describe('global PAX records', () => {
  test('hold for all entries that follow, below the entry’s own', () => {
    const entries = decode(
      { name: 'before' },
      paxHeader({ uid: '5', gid: '6', comment: 'a commit' }, 'g'),
      { name: 'a' },
      paxHeader({ uid: '7' }),
      { name: 'b' },
      { name: 'c' },
    );
    expect(entries.map(({ uid, gid }) => [uid, gid])).toEqual([
      [0, 0],
      [5, 6],
      [7, 6],
      [5, 6],
    ]);
  });

  test('add up over several headers', () => {
    const entry = decodeOne(paxHeader({ uid: '5' }, 'g'), paxHeader({ gid: '6' }, 'g'), { name: 'a' });
    expect([entry.uid, entry.gid]).toEqual([5, 6]);
  });
});
