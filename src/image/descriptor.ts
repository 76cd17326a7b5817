import * as v from 'valibot';
import { type Digest, digestSchema } from './digest.ts';
import { type Platform, platformSchema } from './platform.ts';

/** A reference to content (OCI image-spec descriptor.md). `size` is in bytes, of the blob as stored. */
export interface Descriptor {
  readonly mediaType: string | null;
  readonly digest: Digest;
  readonly size: number;
  readonly urls: readonly string[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly platform: Platform | null;
}

const annotationsSchema = v.record(v.string(), v.string());

export const descriptorSchema: v.GenericSchema<unknown, Descriptor> = v.object({
  mediaType: v.nullish(v.string(), null),
  digest: digestSchema,
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  urls: v.nullish(v.array(v.string()), []),
  annotations: v.nullish(annotationsSchema, {}),
  platform: v.nullish(platformSchema, null),
});

/** Set on manifests that describe another one (BuildKit attestations): they are no images. */
const referenceType = 'vnd.docker.reference.type';

/** Whether a descriptor of an index is an attestation rather than an image. */
export function isAttestation({ annotations, platform }: Descriptor): boolean {
  return (
    annotations[referenceType] === 'attestation-manifest' ||
    (platform !== null && platform.os === 'unknown' && platform.architecture === 'unknown')
  );
}

/** The manifest that an attestation is about; null where it does not say. */
export function subjectOf({ annotations }: Descriptor): string | null {
  return annotations['vnd.docker.reference.digest'] ?? null;
}

/** The names under which tools store an image in a layout's index; containerd's is the full one. */
export function namesOf({ annotations }: Descriptor): string[] {
  const names = [annotations['io.containerd.image.name'], annotations['org.opencontainers.image.ref.name']];
  return names.filter((name) => name !== undefined);
}
