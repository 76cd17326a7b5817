import { expect, test } from 'vitest';
import { readToc } from '../../../src/layer/toc/read-toc.ts';
import { sharedImage } from '../../shared-images.ts';
import { expectSameContents, expectSameLayer, scanWhole } from './expect-same-layer.ts';
import { archivedLayers } from './shared-layers.ts';

const estargz = sharedImage('dive/test-oci-estargz-image.tar');
const zstdChunked = sharedImage('buildah/buildah-zstd-chunked.oci.tar');

test.skipIf(estargz === null)('the eStargz layer of BuildKit is indexed from its table, in two requests', async () => {
  const [layer] = await archivedLayers(estargz ?? '');
  if (layer === undefined) throw new Error('no layer');
  const found = await readToc(layer.blob, 'layer');
  if (found === null) throw new Error('no table');
  const whole = await scanWhole(layer.bytes, 'gzip');
  expectSameLayer(found, whole);
  expect(layer.blob.reads).toEqual([
    [4445, 51],
    [4152, 293],
  ]);
  await expectSameContents(layer.blob, found, whole);
  expect(layer.blob.reads.slice(2)).toEqual([[100, 4052]]);
});

test.skipIf(zstdChunked === null)('the zstd:chunked layers of buildah are indexed from their manifests', async () => {
  const layers = await archivedLayers(zstdChunked ?? '');
  expect(layers).toHaveLength(2);
  for (const [at, { bytes, blob }] of layers.entries()) {
    const found = await readToc(blob, 'layer');
    if (found === null) throw new Error('no table');
    expect(blob.reads).toEqual([
      [
        [1208101, 4523],
        [168, 255],
      ][at],
    ]);
    const whole = await scanWhole(bytes, 'zstd');
    expectSameLayer(found, whole);
    await expectSameContents(blob, found, whole);
    // All the files are one request: what stands between them is not worth another.
    expect(blob.reads).toHaveLength(2);
  }
});
