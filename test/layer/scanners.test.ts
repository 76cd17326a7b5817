import { extract, type Header } from 'tar-stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LayerView } from '../../src/filesystem/layer-view.ts';
import { cleanPath } from '../../src/layer/clean-path.ts';
import { entryTypeName } from '../../src/layer/entry-type.ts';
import { columnNames } from '../../src/layer/layer-columns.ts';
import type { LayerIndex } from '../../src/layer/layer-index.ts';
import { decodeBytes, isText } from '../../src/text/byte-string.ts';
import { scanOnDisk, scanPassing } from '../scan-layer.ts';
import { dir, file, layer, symlink } from '../write-layer.ts';
import { corpusTars, missingWriters, packedByTarStream, type TarSample } from './tar-samples.ts';

/** Fails where two indexes differ, column by column. */
function expectSameIndex(actual: LayerIndex, expected: LayerIndex, what: string): void {
  for (const name of columnNames) expect(actual[name], `${what}: ${name}`).toEqual(expected[name]);
  expect(actual.count, what).toBe(expected.count);
  expect(actual.tarBytes, what).toBe(expected.tarBytes);
  expect(Buffer.compare(actual.strings.bytes, expected.strings.bytes), `${what}: strings`).toBe(0);
  expect(actual.strings.starts, `${what}: strings`).toEqual(expected.strings.starts);
  expect(actual.sparse, what).toEqual(expected.sparse);
  expect(actual.oddities, what).toEqual(expected.oddities);
}

const chunkings: readonly (readonly number[])[] = [
  [7],
  [511],
  [512],
  [513],
  [64 * 1024],
  [1, 600, 3, 5000, 511, 2],
  [1024 * 1024],
];

async function samples(): Promise<TarSample[]> {
  return [...(await corpusTars()), await packedByTarStream()];
}

describe('the scanner that seeks and the one that sees a layer pass', () => {
  if (missingWriters().length > 0) console.warn(`Only part of the tar corpus: without ${missingWriters().join(', ')}.`);

  test('give the same columns for every tar of the corpus, in chunks of any size', async () => {
    for (const { name, tar } of await samples()) {
      const { index } = scanOnDisk(tar);
      for (const sizes of chunkings)
        expectSameIndex(scanPassing(tar, sizes).index, index, `${name} in ${sizes.join(', ')}`);
      if (tar.length < 20_000) expectSameIndex(scanPassing(tar, [1]).index, index, `${name} byte by byte`);
    }
  });

  test('give the same columns for files of any size, in chunks of any sizes', () => {
    const sizes = fc.array(fc.oneof(fc.nat(1100), fc.nat(100_000)), { maxLength: 12 });
    const chunks = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(sizes, chunks, (contents, chunkSizes) => {
        const tar = layer([
          ['d', dir()],
          ...contents.map((size, at) => [`d/${at}`, file(size)] as const),
          ['l', symlink('d')],
        ]);
        expectSameIndex(scanPassing(tar, chunkSizes).index, scanOnDisk(tar).index, 'random');
      }),
      { numRuns: 60 },
    );
  });

  test('fail alike on a tar that is cut anywhere', () => {
    const tar = layer({ d: dir(), 'd/a': file(700), [`${'long/'.repeat(40)}b`]: file(3), 'd/c': file(2000) });
    for (let length = 0; length <= tar.length; length += 37) {
      const cut = tar.subarray(0, length);
      const outcome = (scan: () => { index: LayerIndex }): string => {
        try {
          const { index } = scan();
          return `${index.count} ${JSON.stringify(index.oddities)}`;
        } catch (error) {
          return (error as { code?: string }).code ?? String(error);
        }
      };
      const seeking = outcome(() => scanOnDisk(cut));
      expect(
        outcome(() => scanPassing(cut, [100])),
        `cut at ${length}`,
      ).toBe(seeking);
    }
  });

  test('hold more rows than their first room', () => {
    const many = Array.from({ length: 3000 }, (_, at) => [`f${at}`, file(at % 3)] as const);
    const { index } = scanPassing(layer(many));
    expect(index.count).toBe(3000);
    expectSameIndex(scanOnDisk(layer(many)).index, index, 'many');
  });
});

interface Row {
  readonly path: string;
  readonly type: string;
  readonly size: number;
  readonly mode: number;
  readonly owner: string;
  readonly link: string | null;
  readonly mtime: number;
  readonly device: string;
}

const typeNames: Readonly<Record<Header['type'], string>> = {
  file: 'file',
  'contiguous-file': 'file',
  link: 'hardlink',
  symlink: 'symlink',
  'character-device': 'char',
  'block-device': 'block',
  directory: 'dir',
  fifo: 'fifo',
};

/** The rows of a tar as tar-stream reads it; null if it does not. */
async function readByTarStream(tar: Buffer): Promise<Row[] | null> {
  const rows: Row[] = [];
  const extracting = extract();
  extracting.end(tar);
  try {
    for await (const entry of extracting) {
      const { name, type, size, mode, uid, gid, linkname, mtime, devmajor, devminor, pax } = entry.header;
      const records = pax as Readonly<Record<string, string>> | null | undefined;
      const owner = `${records?.['uid'] || uid}:${records?.['gid'] || gid}`;
      const time = Number(records?.['mtime'] || (mtime?.getTime() ?? 0) / 1000);
      const typeName = typeNames[type];
      const link = typeName === 'symlink' || typeName === 'hardlink' ? (linkname ?? '') : null;
      const isDevice = typeName === 'char' || typeName === 'block';
      const device = isDevice ? `${devmajor}:${devminor}` : '0:0';
      rows.push({
        path: cleanPath(name),
        type: typeName,
        size: typeName === 'file' ? size : 0,
        mode,
        owner,
        link,
        mtime: time,
        device,
      });
      entry.resume();
    }
  } catch {
    return null;
  }
  return rows;
}

function rowsOf(index: LayerIndex): Row[] {
  const view = new LayerView(index);
  return Array.from({ length: index.count }, (_, row) => {
    const type = entryTypeName(view.type(row));
    return {
      path: decodeBytes(view.path(row)),
      type,
      size: view.size(row),
      mode: index.mode[row] ?? -1,
      owner: `${index.uid[row]}:${index.gid[row]}`,
      link: type === 'symlink' || type === 'hardlink' ? decodeBytes(view.link(row)) : null,
      mtime: index.mtime[row] ?? -1,
      device: `${index.devMajor[row]}:${index.devMinor[row]}`,
    };
  });
}

/** What tar-stream, another decoder, reads otherwise: sparse files, types it does not know, records it does not apply. */
const readOtherwise = /^(?:sparse|global-pax-header|old-type-flags|pax-wins|base-256)/;

test('agree with tar-stream on every tar that it reads', async () => {
  let compared = 0;
  for (const { name, tar } of await samples()) {
    const { index } = scanPassing(tar);
    const view = new LayerView(index);
    const allText = Array.from({ length: index.count }, (_, row) => view.path(row) + view.link(row)).every(isText);
    const rows = allText && !readOtherwise.test(name) ? await readByTarStream(tar) : null;
    if (rows === null) continue;
    compared++;
    // An entry that claims to be the root and no directory is none.
    expect(rowsOf(index), name).toEqual(rows);
  }
  expect(compared).toBeGreaterThan(missingWriters().length > 0 ? 40 : 60);
});
