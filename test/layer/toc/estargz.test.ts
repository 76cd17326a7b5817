import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { LayerView } from '../../../src/filesystem/layer-view.ts';
import { fetchKept } from '../../../src/layer/toc/fetch-kept.ts';
import { readToc } from '../../../src/layer/toc/read-toc.ts';
import { charDevice, dir, fifo, file, hardLink, symlink, whiteout } from '../../write-layer.ts';
import { expectSameLayer, scanWhole } from './expect-same-layer.ts';
import { memoryBlob } from './memory-blob.ts';
import type { TocItem } from './write-members.ts';
import { contents, estargz, indexed } from './written-layer.ts';

const tree: readonly (readonly [string, TocItem])[] = [
  ['etc', dir()],
  ['etc/motd', file('hello')],
  ['etc/empty', file('')],
  ['etc/big', file(Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * at) % 251)))],
  ['etc/motd2', hardLink('etc/motd')],
  ['etc/link', symlink('motd')],
  ['dev', dir({ mode: 0o1777, uid: 1000, gid: 70_000, mtime: 0 })],
  ['dev/null', charDevice(1, 3)],
  ['dev/pipe', fifo()],
  ['usr/.wh.gone', whiteout],
  ['usr/.wh..wh..opq', whiteout],
  [`${'long/'.repeat(30)}größe`, file('long', { mode: 0o4755 })],
  ['ping', { ...file('ping'), xattrs: { 'security.capability': Buffer.from([1, 0, 0, 2, 255, 0]), 'user.a': 'ä=' } }],
  ['root/.npmrc', file('//registry/:_authToken=x')],
];

describe.each(['build', 'buildkit'] as const)('an eStargz layer as %s writes it', (like) => {
  test('is indexed from its table, in two requests', async () => {
    const layer = estargz(tree, { like, chunkSize: 30_000 });
    const found = await indexed(layer.blob);
    expectSameLayer(found, await scanWhole(layer.bytes, 'gzip'));
    const footer = layer.bytes.length - 51;
    expect(layer.blob.reads).toEqual([
      [footer, 51],
      [layer.tocOffset, footer - layer.tocOffset],
    ]);
  });

  test('keeps what a scan keeps', async () => {
    const layer = estargz(tree, { like });
    const found = await indexed(layer.blob);
    if (found.chunks === null) throw new Error('no chunks');
    const kept = await fetchKept(layer.blob, { ...found, chunks: found.chunks }, 'layer');
    expect(kept).toEqual((await scanWhole(layer.bytes, 'gzip')).kept);
    expect([...kept.values()].map((bytes) => Buffer.from(bytes).toString())).toEqual(['//registry/:_authToken=x']);
  });
});

test('a file takes the requests of its chunks alone', async () => {
  const layer = estargz(tree, { like: 'buildkit', chunkSize: 30_000 });
  const found = await indexed(layer.blob);
  const before = layer.blob.reads.length;
  expect((await contents(layer.blob, found, [3])).get(3)).toEqual(tree[3]?.[1].content);
  const chunks = layer.entries.filter(({ name }) => name === 'etc/big').map(({ offset }) => Number(offset));
  const next = layer.entries.find(({ name }) => name.endsWith('größe'))?.['offset'];
  expect(chunks).toHaveLength(4);
  expect(layer.blob.reads.slice(before)).toEqual([[chunks[0], Number(next) - Number(chunks[0])]]);
});

test('the table itself is a file where the tar shows it, and none where it does not', async () => {
  const paths = async (like: 'build' | 'buildkit'): Promise<string[]> => {
    const layer = estargz([['a', file('a')]], { like });
    const found = await indexed(layer.blob);
    const view = new LayerView(found.index);
    const last = found.index.count - 1;
    const json = (await contents(layer.blob, found, [last])).get(last)?.toString();
    if (like === 'build') expect(json).toBe(JSON.stringify({ version: 1, entries: layer.entries }, null, '\t'));
    return Array.from({ length: found.index.count }, (_, row) => view.path(row));
  };
  expect(await paths('build')).toEqual(['.no.prefetch.landmark', 'a', 'stargz.index.json']);
  expect(await paths('buildkit')).toEqual(['a']);
});

test('a footer of stargz, four bytes shorter, will do', async () => {
  const layer = estargz(tree, { like: 'buildkit' });
  const subfield = `${layer.tocOffset.toString(16).padStart(16, '0')}STARGZ`;
  const footer = Buffer.concat([
    Buffer.from('1f8b08040000000000ff1600', 'hex'),
    Buffer.from(subfield),
    Buffer.from('010000ffff0000000000000000', 'hex'),
  ]);
  expect(footer).toHaveLength(47);
  const bytes = Buffer.concat([layer.bytes.subarray(0, -51), footer]);
  const found = await indexed(memoryBlob(bytes, layer.annotations));
  expectSameLayer(found, await scanWhole(layer.bytes, 'gzip'));
});

test('a layer that does not claim a table is not asked for one', async () => {
  const blob = memoryBlob(gzipSync('anything'), { 'org.opencontainers.image.title': 'x' });
  expect(await readToc(blob, 'layer')).toBeNull();
  expect(blob.reads).toEqual([]);
});
