import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import * as v from 'valibot';
import { extract } from 'tar-stream';
import { type ImageConfig, imageConfigSchema } from '../../src/image/config.ts';

/** The small files of an image archive (manifests, configurations, attestations), by name. */
export async function archiveTexts(file: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const entries = createReadStream(file).pipe(extract());
  for await (const entry of entries) {
    const bytes = await buffer(entry);
    if (bytes.length < 200_000) texts.set(entry.header.name, bytes.toString('utf8'));
  }
  return texts;
}

export function parseConfig(text: string): ImageConfig {
  return v.parse(imageConfigSchema, JSON.parse(text));
}

interface Manifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly digest: string; readonly annotations?: Readonly<Record<string, string>> }[];
}

export interface OciImage {
  readonly config: ImageConfig;
  readonly layerDigests: readonly string[];
  /** The in-toto statement of the attestation manifest. */
  readonly statement: unknown;
}

/** The one image of an OCI archive and its provenance. */
export async function readOciImage(file: string): Promise<OciImage> {
  const texts = await archiveTexts(file);
  const blob = (digest: string): string => texts.get(`blobs/${digest.replace(':', '/')}`) ?? '';
  const manifests = [...texts.values()].flatMap((text): Manifest[] => {
    if (!text.startsWith('{') || !text.includes('"layers"')) return [];
    const value = JSON.parse(text) as Partial<Manifest>;
    return value.config?.digest !== undefined && value.layers !== undefined ? [value as Manifest] : [];
  });
  const isAttestation = ({ layers }: Manifest): boolean => layers.some(({ annotations }) => annotations !== undefined);
  const image = manifests.find((each) => !isAttestation(each));
  const attestation = manifests.find(isAttestation);
  if (image === undefined) throw new Error(`no image in ${file}`);
  return {
    config: parseConfig(blob(image.config.digest)),
    layerDigests: image.layers.map(({ digest }) => digest),
    statement: attestation === undefined ? null : JSON.parse(blob(attestation.layers[0]?.digest ?? '')),
  };
}
