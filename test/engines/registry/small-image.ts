import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Descriptor } from '../../../src/image/descriptor.ts';
import { manifestSchema } from '../../../src/image/manifest.ts';
import { parseMetadata } from '../../../src/image/metadata.ts';
import { writeOciLayout } from '../corpus/oci-layout.ts';
import { writeTar } from '../corpus/tar-header.ts';

/** An image of two layers, and all its bytes as they lie in a layout. */
export interface SmallImage {
  /** As skopeo names it. */
  readonly source: string;
  readonly manifest: { readonly bytes: Buffer; readonly digest: string };
  readonly config: { readonly bytes: Buffer; readonly descriptor: Descriptor };
  readonly layers: readonly { readonly bytes: Buffer; readonly descriptor: Descriptor }[];
}

/** Writes an image with a layer that takes many reads and one that takes a single read. */
export async function writeSmallImage(folder: string): Promise<SmallImage> {
  const layers = [
    writeTar([{ name: 'large', content: noise(3_000_000) }]),
    writeTar([{ name: 'small', content: 'small' }]),
  ];
  await writeOciLayout(
    folder,
    'small',
    layers.map((tar) => ({ tar, compressed: { bytes: gzipSync(tar), as: 'gzip' } })),
  );
  const blob = async (digest: string): Promise<Buffer> =>
    await readFile(join(folder, 'blobs', digest.replace(':', '/')));
  const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as { manifests: [{ digest: string }] };
  const [{ digest }] = index.manifests;
  const bytes = await blob(digest);
  const { config, layers: described } = parseMetadata(bytes, manifestSchema, 'manifest');
  const withBytes = async (descriptor: Descriptor): Promise<{ bytes: Buffer; descriptor: Descriptor }> => ({
    bytes: await blob(descriptor.digest),
    descriptor,
  });
  return {
    source: `oci:${folder}:small`,
    manifest: { bytes, digest },
    config: await withBytes(config),
    layers: await Promise.all(described.map(withBytes)),
  };
}

/** Bytes that gzip cannot make smaller, the same each time. */
function noise(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, at) =>
    createHash('sha256').update(`${at}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}
