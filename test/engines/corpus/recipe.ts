import type { LayerBlob } from './oci-layout.ts';

export type Builder = 'classic' | 'buildkit' | 'buildah';
export const BUILDERS: readonly Builder[] = ['classic', 'buildkit', 'buildah'];

/** An image that real builders make from a Dockerfile, one image per builder. */
export interface DockerfileRecipe {
  readonly kind: 'dockerfile';
  readonly name: string;
  readonly dockerfile: string;
  /** Context files by relative path. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** What a map of contents cannot say: modes, links, many files. */
  prepare?(context: string): Promise<void>;
  readonly builders?: readonly Builder[];
}

/** Who is asked what a hand-made image's final filesystem is. */
type LayersTruth = 'umoci' | 'gnu-tar';

/** An image put together from layer tars, for what no builder here writes. */
export interface LayersRecipe {
  readonly kind: 'layers';
  readonly name: string;
  /** `folder` is empty and the recipe's own. */
  readonly layers: (folder: string) => Promise<readonly LayerBlob[]>;
  /** `gnu-tar` unpacks a single layer, for formats that umoci cannot read. */
  readonly truth?: LayersTruth;
  /** Also ask the docker engine, by loading the image. */
  readonly docker?: boolean;
}
