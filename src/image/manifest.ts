import * as v from 'valibot';
import { type Descriptor, descriptorSchema } from './descriptor.ts';

/** An image manifest (OCI image-spec manifest.md; Docker's schema 2 has the same shape). */
export interface Manifest {
  readonly mediaType: string | null;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/** An image index (OCI image-spec image-index.md; Docker's manifest list has the same shape). */
export interface ImageIndex {
  readonly manifests: readonly Descriptor[];
}

export const manifestSchema: v.GenericSchema<unknown, Manifest> = v.object({
  mediaType: v.nullish(v.string(), null),
  config: descriptorSchema,
  layers: v.nullish(v.array(descriptorSchema), []),
});

export const imageIndexSchema: v.GenericSchema<unknown, ImageIndex> = v.object({
  manifests: v.nullish(v.array(descriptorSchema), []),
});

/** What a descriptor points at may be either; old tools leave the media type out, the fields always tell. */
export const manifestOrIndexSchema = v.union(
  [
    v.pipe(
      v.object({ manifests: v.array(descriptorSchema) }),
      v.transform((index) => ({ kind: 'index' as const, index })),
    ),
    v.pipe(
      manifestSchema,
      v.transform((manifest) => ({ kind: 'manifest' as const, manifest })),
    ),
  ],
  'neither an image manifest nor an image index',
);
