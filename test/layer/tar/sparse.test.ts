import { describe, expect, test } from 'vitest';
import { readInlineMap } from '../../../src/layer/tar/sparse.ts';
import { paxHeader, type TarEntry, writeTar } from '../../engines/corpus/tar-header.ts';
import { decode, decodeOne, decodeTar } from './decode-tar.ts';

const octal = (value: number): string => `${value.toString(8).padStart(11, '0')}\0`;

/** An old GNU sparse header: four pieces in the header, 21 in each block that follows. */
function oldGnu(pieces: readonly (readonly [offset: number, length: number])[], realSize: number): Buffer {
  const stored = pieces.reduce((sum, [, length]) => sum + length, 0);
  const slots = pieces.map((piece) => piece.map(octal).join(''));
  const header: TarEntry = {
    name: 'sparse',
    type: 'S',
    format: 'gnu',
    size: stored,
    patch: (block) => {
      block.write(slots.slice(0, 4).join(''), 386, 'latin1');
      block[482] = slots.length > 4 ? 1 : 0;
      block.write(octal(realSize), 483, 'latin1');
    },
  };
  const blocks = [writeTar([header]).subarray(0, 512)];
  for (let at = 4; at < slots.length; at += 21) {
    const block = Buffer.alloc(512);
    block.write(slots.slice(at, at + 21).join(''), 0, 'latin1');
    block[504] = slots.length > at + 21 ? 1 : 0;
    blocks.push(block);
  }
  const content = Buffer.alloc(Math.ceil(stored / 512) * 512, 'c');
  return Buffer.concat([...blocks, content, writeTar([{ name: 'after' }])]);
}

describe('old GNU sparse files', () => {
  test.each([1, 4, 5, 25, 26, 60])('with %d pieces', (count) => {
    const pieces = Array.from({ length: count }, (_, at) => [at * 4096, 100] as const);
    const [sparse, after] = decodeTar(oldGnu(pieces, 10_000_000)).entries;
    expect(sparse).toMatchObject({ path: 'sparse', size: 10_000_000, storedSize: count * 100 });
    expect(sparse?.sparse).toEqual({ kind: 'map', pieces: pieces.flat() });
    expect(after?.path).toBe('after');
  });

  test('are refused when the map is garbage', () => {
    const bad: TarEntry = { name: 's', type: 'S', format: 'gnu', patch: (block) => void block.write('xyz', 386) };
    expect(() => decode(bad)).toThrow(expect.objectContaining({ code: 'corrupt-tar' }));
    const negative: TarEntry = { name: 's', type: 'S', patch: (block) => void block.fill(0xff, 483, 495) };
    expect(() => decode(negative)).toThrow('the sparse map is not valid');
  });

  test('are truncated when the map is', () => {
    const tar = oldGnu(
      Array.from({ length: 6 }, (_, at) => [at * 512, 1] as const),
      4096,
    );
    expect(() => decodeTar(tar.subarray(0, 512))).toThrow(expect.objectContaining({ code: 'truncated' }));
  });
});

describe('PAX sparse files', () => {
  test('version 0.0 repeats its keywords', () => {
    const record = (key: string, value: string): string => {
      const rest = ` ${key}=${value}\n`;
      return `${rest.length + 2}${rest}`;
    };
    const content = [
      record('GNU.sparse.size', '5000'),
      record('GNU.sparse.numblocks', '2'),
      record('GNU.sparse.offset', '0'),
      record('GNU.sparse.numbytes', '3'),
      record('GNU.sparse.offset', '4000'),
      record('GNU.sparse.numbytes', '2'),
    ].join('');
    const entry = decodeOne({ name: 'x', type: 'x', content }, { name: 's', content: 'abcde' });
    expect(entry).toMatchObject({ path: 's', size: 5000, storedSize: 5 });
    expect(entry.sparse).toEqual({ kind: 'map', pieces: [0, 3, 4000, 2] });
  });

  test('version 0.1 has one map', () => {
    const records = { 'GNU.sparse.size': '5000', 'GNU.sparse.name': 'real', 'GNU.sparse.map': '0,3,4000,2' };
    const entry = decodeOne(paxHeader(records), { name: 'GNUSparseFile.1/real', content: 'abcde' });
    expect(entry).toMatchObject({ path: 'real', size: 5000, storedSize: 5 });
    expect(entry.sparse).toEqual({ kind: 'map', pieces: [0, 3, 4000, 2] });
  });

  test('version 1.0 has its map in the content', () => {
    const records = {
      'GNU.sparse.major': '1',
      'GNU.sparse.minor': '0',
      'GNU.sparse.name': 'real',
      'GNU.sparse.realsize': '5000',
    };
    const content = Buffer.concat([Buffer.from('2\n0\n3\n4000\n2\n'), Buffer.alloc(499), Buffer.from('abcde')]);
    const entry = decodeOne(paxHeader(records), { name: 'GNUSparseFile.1/real', content });
    expect(entry).toMatchObject({ path: 'real', size: 5000, storedSize: 517, sparse: { kind: 'inline' } });
  });

  test.each([
    ['a number missing', { 'GNU.sparse.size': '5', 'GNU.sparse.map': '0,3,4' }],
    ['no number', { 'GNU.sparse.size': '5', 'GNU.sparse.map': '0,x' }],
    ['no size', { 'GNU.sparse.map': '0,3' }],
    ['no real size', { 'GNU.sparse.major': '1' }],
  ])('are refused with %s', (_, records) => {
    expect(() => decode(paxHeader(records), { name: 's' })).toThrow('the sparse map is not valid');
  });

  test('leave other types alone', () => {
    const entry = decodeOne(paxHeader({ 'GNU.sparse.major': '1' }), { name: 'd/', type: '5' });
    expect(entry.sparse).toBeNull();
  });
});

describe('readInlineMap', () => {
  const read = (text: string): ReturnType<typeof readInlineMap> => readInlineMap(Buffer.from(text));

  test('tells the pieces and how many blocks the map takes', () => {
    expect(read('2\n0\n3\n4000\n2\n')).toEqual({ pieces: [0, 3, 4000, 2], bytes: 512 });
    expect(read('0\n')).toEqual({ pieces: [], bytes: 512 });
    const many = `100\n${'4000000\n512\n'.repeat(100)}`;
    expect(read(many)).toMatchObject({ bytes: Math.ceil(many.length / 512) * 512 });
  });

  test('asks for more', () => {
    expect(['', '2', '2\n0\n', '2\n0\n3\n4000\n'].map(read)).toEqual(Array(4).fill('more'));
  });

  test('refuses garbage and counts that no file has', () => {
    expect(['x\n', '-1\n', '1\nx\n', '1000001\n', '9'.repeat(30)].map(read)).toEqual(Array(5).fill(null));
  });
});
