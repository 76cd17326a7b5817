import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readToc } from '../../../src/layer/toc/read-toc.ts';
import { file, symlink } from '../../write-layer.ts';
import { expectSameLayer } from './expect-same-layer.ts';
import { memoryBlob } from './memory-blob.ts';
import { annotationsOf, tableAndFooter } from './write-estargz.ts';
import type { WrittenEntry } from './write-members.ts';
import { contents, estargz, indexed } from './written-layer.ts';

const annotation = 'containerd.io/snapshot/stargz/toc.digest';
const intact = estargz(
  [
    ['a', file('content of a')],
    ['b', file('y'.repeat(2500))],
    ['l', symlink('a')],
  ],
  { like: 'buildkit', chunkSize: 1000 },
);

/** How reading a table ends: the code of the failure, or the layer that it says. */
async function outcome(bytes: Buffer, annotations = intact.annotations): Promise<unknown> {
  try {
    return await readToc(memoryBlob(bytes, annotations), 'layer');
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
}

const failed = /^toc-(?:missing|damaged|unverified)$/;

describe('a table of contents that is damaged', () => {
  test('in any of its bytes is not used, unless the byte means nothing', async () => {
    const expected = await indexed(memoryBlob(intact.bytes, intact.annotations));
    const harmless: number[] = [];
    for (let at = intact.tocOffset; at < intact.size; at++) {
      const bytes = Buffer.from(intact.bytes);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      const found = await outcome(bytes);
      if (typeof found === 'string') expect(found, `byte ${at}`).toMatch(failed);
      else {
        expectSameLayer(found as typeof expected, expected);
        harmless.push(at);
      }
    }
    const footer = intact.size - 51;
    const inTable = harmless.filter((at) => at < footer).map((at) => at - intact.tocOffset);
    const inFooter = harmless.filter((at) => at >= footer).map((at) => at - footer);
    // A gzip header's time and system; and deflate can say some things in two ways, which the digest proves the same.
    expect(inTable.slice(0, 6)).toEqual([4, 5, 6, 7, 8, 9]);
    expect(inTable.length).toBeLessThan(10);
    // Behind its Extra field the footer says nothing.
    expect(inFooter).toEqual([4, 5, 6, 7, 8, 9, ...Array.from({ length: 13 }, (_, at) => 38 + at)]);
  });

  test('by a cut anywhere is not used', async () => {
    for (let size = 0; size < intact.size; size++)
      expect(await outcome(intact.bytes.subarray(0, size)), `cut at ${size}`).toMatch(failed);
  });

  test.each([
    ['of another layer', `sha256:${'0'.repeat(64)}`],
    ['of another kind', `sha512:${'0'.repeat(128)}`],
    ['that is none', 'latest'],
  ])('by its digest %s is not used', async (_, digest) => {
    expect(await outcome(intact.bytes, { [annotation]: digest })).toBe('toc-unverified');
  });

  test('by the offset in the footer is not used', async () => {
    for (const offset of [0, 1, intact.tocOffset - 1, intact.size, 2 ** 52, 2 ** 60]) {
      const bytes = Buffer.from(intact.bytes);
      bytes.write(offset.toString(16).padStart(16, '0'), intact.size - 35, 'latin1');
      expect(await outcome(bytes), `${offset}`).toMatch(failed);
    }
  });

  test('by what stands in its place is not used', async () => {
    const blob = (table: Buffer): Buffer => {
      const footer = tableAndFooter(Buffer.alloc(0), intact.tocOffset).subarray(-51);
      return Buffer.concat([intact.bytes.subarray(0, intact.tocOffset), table, footer]);
    };
    expect(await outcome(blob(Buffer.from('no gzip at all')))).toBe('toc-damaged');
    expect(await outcome(blob(gzipSync('no tar')))).toBe('toc-damaged');
    expect(await outcome(blob(gzipSync('')))).toBe('toc-unverified');
  });

  test('by a bomb is given up', async () => {
    // A gigabyte of zeros behind the end of the table's tar.
    const bomb = Array.from({ length: 17 }, () => gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 1 }));
    const table = intact.bytes.subarray(intact.tocOffset, -51);
    const bytes = Buffer.concat([intact.bytes.subarray(0, -51), ...bomb, intact.bytes.subarray(-51)]);
    expect(table.length).toBeLessThan(1000);
    await expect(readToc(memoryBlob(bytes, intact.annotations), 'layer')).rejects.toThrow(
      'it has more than 1073741824 bytes',
    );
  });
});

/** The intact layer with another table, which its digest fits. */
function withTable(json: string): ReturnType<typeof memoryBlob> {
  const table = Buffer.from(json);
  const bytes = Buffer.concat([intact.bytes.subarray(0, intact.tocOffset), tableAndFooter(table, intact.tocOffset)]);
  return memoryBlob(bytes, annotationsOf(table));
}

/** The intact table with fields of one entry changed; `undefined` takes one out. */
function withEntry(place: number, fields: Readonly<Record<string, unknown>>): string {
  const entries = intact.entries.map((entry, at) => (at === place ? { ...entry, ...fields } : entry));
  return JSON.stringify({ version: 1, entries });
}

describe('a table of contents whose digest fits and whose content does not', () => {
  const [ofA = 0, first = 0, , third = 0] = intact.entries.map(({ offset }) => Number(offset));
  const list = (...entries: readonly unknown[]): string => JSON.stringify({ version: 1, entries });
  const [entry] = intact.entries as readonly [WrittenEntry];

  test.each<[what: string, json: string, says: string]>([
    ['nothing', '', 'it is not JSON'],
    ['half of it', withEntry(0, {}).slice(0, -20), 'it is not JSON'],
    ['no object', '[]', 'it is not of version 1'],
    ['null', 'null', 'it is not of version 1'],
    ['another version', '{"version":2,"entries":[]}', 'it is not of version 1'],
    ['no entries', '{"version":1}', 'it has no list of entries'],
    ['no list', '{"version":1,"entries":{}}', 'it has no list of entries'],
    ['two lists', '{"version":1,"entries":[],"more":[]}', 'it has no list of entries'],
    ['entries twice', '{"version":1,"entries":[],"entries":[]}', 'it has no list of entries'],
    ['a long frame', `{"version":1,"x":"${'x'.repeat(70_000)}","entries":[]}`, 'it has no list of entries'],
    ['a list of lists', '{"version":1,"entries":[[]]}', 'an entry has a type that there is not'],
    ['an entry of megabytes', list({ ...entry, x: 'x'.repeat(5_000_000) }), 'an entry has more than 4194304 bytes'],
    ['an entry that is no JSON', '{"version":1,"entries":[{"name":}]}', 'it is not JSON'],
    ['an unknown type', withEntry(0, { type: 'door' }), 'an entry has a type that there is not'],
    ['a number for a name', withEntry(0, { name: 1 }), 'the name of an entry is no text'],
    ['NUL in a name', withEntry(0, { name: 'a\0' }), 'a name in it contains NUL'],
    ['a name that was not UTF-8', withEntry(0, { name: 'a\ufffd' }), 'a name in the layer is not UTF-8'],
    ['half a surrogate pair', withEntry(0, { name: 'a\ud800' }), 'a name in the layer is not UTF-8'],
    ['a root that is a file', withEntry(0, { name: '.' }), 'its root is no directory'],
    ['a negative size', withEntry(0, { size: -1 }), 'the size of an entry is not a number that it could be'],
    ['half a byte', withEntry(0, { size: 0.5 }), 'the size of an entry is not a number that it could be'],
    ['an endless size', withEntry(0, { size: 1e300 }), 'the size of an entry is not a number that it could be'],
    ['a text for an owner', withEntry(0, { uid: 'root' }), 'the uid of an entry is not a number that it could be'],
    ['a date of men', withEntry(0, { modtime: 'yesterday' }), 'the modtime of an entry is no time'],
    ['the 30th of February', withEntry(0, { modtime: '2025-02-30T99:00:00Z' }), 'the modtime of an entry is no time'],
    ['another digest', withEntry(0, { digest: `md5:${'0'.repeat(32)}` }), 'the digest of an entry is no SHA-256'],
    ['no digest', withEntry(1, { digest: undefined }), 'it does not say the digest of b'],
    ['no digest of a chunk', withEntry(1, { chunkDigest: undefined }), 'a chunk of b has no digest'],
    ['attributes in a list', withEntry(0, { xattrs: [1] }), 'an extended attribute of an entry is no text'],
    ['attributes in a text', withEntry(0, { xattrs: 'x' }), 'the xattrs of an entry are no object'],
    ['a chunk behind the blob', withEntry(3, { offset: 1e12 }), 'a chunk of b is outside of the blob'],
    ['a chunk in an earlier one', withEntry(3, { offset: first }), 'a chunk of b lies within another'],
    ['a chunk over another in one part', withEntry(1, { offset: ofA, innerOffset: 11 }), 'a chunk of b lies within'],
    ['chunks in another order', withEntry(2, { offset: third + 1 }), 'a chunk of b lies within another'],
    ['a part that never ends', withEntry(3, { innerOffset: 2 ** 53 - 10 }), 'a chunk of b is outside of the blob'],
    ['a gap', withEntry(2, { chunkOffset: 1001 }), 'a chunk of b is not in its place'],
    ['an overlap', withEntry(2, { chunkOffset: 999 }), 'a chunk of b is not in its place'],
    ['too large a chunk', withEntry(2, { chunkSize: 1501 }), 'a chunk of b is not in its place'],
    ['too few chunks', withEntry(3, { chunkSize: 1 }), 'chunks of b are missing'],
    ['a chunk of nothing', list({ type: 'chunk', name: 'a' }), 'a chunk does not follow its file'],
    ['a chunk of another file', withEntry(2, { name: 'a' }), 'a chunk does not follow its file'],
    ['one chunk too many', list(entry, { type: 'chunk', name: 'a' }), 'a chunk does not follow its file'],
  ])('but is %s, is not used', async (_, json, says) => {
    await expect(readToc(withTable(json), 'layer')).rejects.toMatchObject({
      code: 'toc-damaged',
      message: expect.stringContaining(says) as string,
    });
  });

  test('fails when a file is read: its content is not what the table says', async () => {
    const wrong = async (place: number, fields: Readonly<Record<string, unknown>>, row: number): Promise<unknown> => {
      const blob = withTable(withEntry(place, fields));
      const found = await indexed(blob);
      return await contents(blob, found, [row]).catch((error: unknown) => error);
    };
    const digest = `sha256:${'0'.repeat(64)}`;
    expect(await wrong(0, { chunkDigest: digest }, 0)).toMatchObject({
      code: 'wrong-digest',
      message: expect.stringContaining('layer: a: content does not match its digest') as string,
    });
    expect(await wrong(3, { chunkDigest: digest }, 1)).toMatchObject({ code: 'wrong-digest' });
    // Where no gzip member starts.
    expect(await wrong(1, { offset: first + 1 }, 1)).toMatchObject({ code: 'corrupt-compression' });
    // A byte of the padding behind it.
    expect(await wrong(1, { size: 2501 }, 1)).toMatchObject({ code: 'wrong-digest' });
    // More than there is.
    expect(await wrong(0, { size: 100_000 }, 0)).toMatchObject({ code: 'content-unavailable' });
  });
});
