import * as v from 'valibot';
import type { Descriptor } from '../image/descriptor.ts';
import { manifestSchema } from '../image/manifest.ts';
import { parseMetadata } from '../image/metadata.ts';
import { type BlobStore, blobName } from './blob-store.ts';
import { readDescribed } from './described.ts';

/** Names what a layer of an attestation manifest states (BuildKit docs/attestations/attestation-storage.md). */
const predicateType = 'in-toto.io/predicate-type';

/**
 * Reads the SLSA provenance that attestation manifests hold: an in-toto statement, parsed but not judged.
 * @returns null if there is none; archives may leave attestations out
 * @throws LayerscopeError `wrong-digest`, `wrong-size`, `invalid-json`
 */
export function readAttestedProvenance(store: BlobStore, attestations: readonly Descriptor[]): unknown {
  for (const attestation of attestations) {
    if (!store.has(blobName(attestation.digest))) continue;
    const bytes = readDescribed(store, attestation, 'attestation');
    const manifest = parseMetadata(bytes, manifestSchema, `${store.path}: ${attestation.digest}`);
    const layer = manifest.layers.find((one) => isProvenance(one) && store.has(blobName(one.digest)));
    if (layer !== undefined)
      return parseMetadata(readDescribed(store, layer, 'provenance'), v.unknown(), `${store.path}: ${layer.digest}`);
  }
  return null;
}

/** Whether a layer of an attestation manifest states how the image was built. */
export function isProvenance({ annotations }: Descriptor): boolean {
  return annotations[predicateType]?.startsWith('https://slsa.dev/provenance/') === true;
}
