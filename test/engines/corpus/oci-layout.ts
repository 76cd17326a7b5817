import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imageConfig } from './image-config.ts';

export interface LayerBlob {
  /** The uncompressed layer: its hash is the diffId. */
  readonly tar: Buffer;
  /** What is stored; the tar itself when absent. */
  readonly compressed?: { readonly bytes: Buffer; readonly as: 'gzip' | 'zstd' };
}

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar';

/** Writes an OCI image layout with one image, `tag`, that has these layers, bottom first. */
export async function writeOciLayout(folder: string, tag: string, layers: readonly LayerBlob[]): Promise<void> {
  const blobs = join(folder, 'blobs', 'sha256');
  await mkdir(blobs, { recursive: true });
  const store = async (mediaType: string, content: Buffer): Promise<Descriptor> => {
    const hash = sha256(content);
    await writeFile(join(blobs, hash), content);
    return { mediaType, digest: `sha256:${hash}`, size: content.length };
  };

  const layerDescriptors: Descriptor[] = [];
  for (const { tar, compressed } of layers) {
    const suffix = compressed === undefined ? '' : `+${compressed.as}`;
    layerDescriptors.push(await store(`${LAYER}${suffix}`, compressed?.bytes ?? tar));
  }
  const config = await store(CONFIG, json(imageConfig(layers)));
  const manifest = await store(MANIFEST, json({ schemaVersion: 2, config, layers: layerDescriptors }));
  const named = { ...manifest, annotations: { 'org.opencontainers.image.ref.name': tag } };
  await writeFile(join(folder, 'index.json'), json({ schemaVersion: 2, manifests: [named] }));
  await writeFile(join(folder, 'oci-layout'), json({ imageLayoutVersion: '1.0.0' }));
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
