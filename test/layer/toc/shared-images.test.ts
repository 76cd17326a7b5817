import { expect, test } from 'vitest';
import { readToc } from '../../../src/layer/toc/read-toc.ts';
import { sharedImage } from '../../shared-images.ts';
import { expectSameLayer, scanWhole } from './expect-same-layer.ts';
import { archivedLayers } from './shared-layers.ts';

const estargz = sharedImage('dive/test-oci-estargz-image.tar');
const zstdChunked = sharedImage('buildah/buildah-zstd-chunked.oci.tar');

test.skipIf(estargz === null)('the eStargz layer of BuildKit is indexed from its table, in two requests', async () => {
  const [layer] = await archivedLayers(estargz ?? '');
  if (layer === undefined) throw new Error('no layer');
  const found = await readToc(layer.blob, 'layer');
  if (found === null) throw new Error('no table');
  expectSameLayer(found, await scanWhole(layer.bytes, 'gzip'));
  expect(layer.blob.reads).toEqual([
    [4445, 51],
    [4152, 293],
  ]);
});

test.skipIf(zstdChunked === null)('the zstd:chunked layers of buildah are indexed from their manifests', async () => {
  const layers = await archivedLayers(zstdChunked ?? '');
  expect(layers).toHaveLength(2);
  for (const { bytes, blob } of layers) {
    const found = await readToc(blob, 'layer');
    if (found === null) throw new Error('no table');
    expectSameLayer(found, await scanWhole(bytes, 'zstd'));
  }
  expect(layers.map(({ blob }) => blob.reads)).toEqual([[[1208101, 4523]], [[168, 255]]]);
});
