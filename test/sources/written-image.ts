import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TarEntry, writeTar } from '../engines/corpus/tar-header.ts';

/** A layer to be written into an image. */
export interface LayerToWrite {
  readonly tar: Buffer;
  /** What is stored; the tar itself unless said. */
  readonly blob?: Buffer;
  readonly mediaType?: string | null;
}

export interface ImageToWrite {
  readonly layers: readonly LayerToWrite[];
  readonly names?: readonly string[];
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
  readonly history?: readonly object[];
  /** Merged over the configuration. */
  readonly config?: object;
}

/** The files of an archive or layout, by name. */
export type ImageFiles = Map<string, Buffer>;

export interface WrittenDescriptor {
  readonly mediaType?: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: object;
  readonly annotations?: Readonly<Record<string, string>>;
}

export const layerType = 'application/vnd.oci.image.layer.v1.tar';
export const manifestType = 'application/vnd.oci.image.manifest.v1+json';
export const indexType = 'application/vnd.oci.image.index.v1+json';

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** Stores a blob by its digest. */
export function putBlob(files: ImageFiles, bytes: Buffer, mediaType?: string | null): WrittenDescriptor {
  const hex = sha256(bytes);
  files.set(`blobs/sha256/${hex}`, bytes);
  return { ...(mediaType ? { mediaType } : {}), digest: `sha256:${hex}`, size: bytes.length };
}

export function configOf(image: ImageToWrite): Buffer {
  const { layers, platform = { os: 'linux', architecture: 'amd64' }, history } = image;
  const diffIds = layers.map(({ tar }) => `sha256:${sha256(tar)}`);
  const steps = history ?? layers.map((_, at) => ({ created_by: `RUN step ${at} # buildkit` }));
  return json({ ...platform, rootfs: { type: 'layers', diff_ids: diffIds }, history: steps, ...image.config });
}

/** Stores an image's blobs. @returns the descriptor of its manifest */
export function putImage(files: ImageFiles, image: ImageToWrite): WrittenDescriptor {
  const config = putBlob(files, configOf(image), 'application/vnd.oci.image.config.v1+json');
  const layers = image.layers.map(({ tar, blob = tar, mediaType = layerType }) => putBlob(files, blob, mediaType));
  return putBlob(files, json({ schemaVersion: 2, mediaType: manifestType, config, layers }), manifestType);
}

/** The files of an OCI layout with these descriptors in its index. */
export function putIndex(files: ImageFiles, manifests: readonly object[]): ImageFiles {
  files.set('index.json', json({ schemaVersion: 2, manifests }));
  files.set('oci-layout', json({ imageLayoutVersion: '1.0.0' }));
  return files;
}

export function named(descriptor: WrittenDescriptor, name: string): WrittenDescriptor {
  return { ...descriptor, annotations: { 'org.opencontainers.image.ref.name': name } };
}

/** The files of an OCI layout with one image. */
export function ociFiles(image: ImageToWrite): ImageFiles {
  const files: ImageFiles = new Map();
  const descriptor = putImage(files, image);
  return putIndex(files, image.names === undefined ? [descriptor] : image.names.map((one) => named(descriptor, one)));
}

/** The files of a `docker save` archive, manifest last; `layerName` tells where layers are. */
export function dockerFiles(
  image: ImageToWrite,
  layerName: (hex: string) => string = (hex) => `${hex}/layer.tar`,
): ImageFiles {
  const files: ImageFiles = new Map();
  const config = configOf(image);
  const configName = `${sha256(config)}.json`;
  files.set(configName, config);
  const layers = image.layers.map(({ tar, blob = tar }) => {
    const name = layerName(sha256(blob));
    files.set(name, blob);
    return name;
  });
  files.set('manifest.json', json([{ Config: configName, RepoTags: image.names ?? null, Layers: layers }]));
  return files;
}

export function archiveOf(files: ImageFiles, more: readonly TarEntry[] = []): Buffer {
  return writeTar([...more, ...[...files].map(([name, content]) => ({ name, content }))]);
}

/** Writes files into a folder, as an OCI layout is kept. @returns the folder */
export function writeLayout(folder: string, files: ImageFiles): string {
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
