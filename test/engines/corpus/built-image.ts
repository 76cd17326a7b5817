import type { Entry } from '../truth/entry.ts';

/** One way the image is stored, as the CLI is told of it. */
export interface StoredForm {
  readonly form: string;
  readonly reference: string;
}

export type Extractor = 'umoci' | 'docker export' | 'GNU tar';

/** What one extractor says the image's final filesystem is. */
export interface Truth {
  readonly by: Extractor;
  readonly entries: readonly Entry[];
}

export interface BuiltImage {
  /** `RECIPE/BUILDER`, or `layers/RECIPE` for a hand-made one. */
  readonly name: string;
  readonly forms: readonly StoredForm[];
  readonly truths: readonly Truth[];
}
