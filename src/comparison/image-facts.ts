/**
 * What of an image is compared and measured against: the part of a JSON report that does without its files. A report has
 * all of it, whether made now or read from a file.
 */
export interface ImageFacts {
  readonly image: {
    readonly reference: string;
    readonly manifestDigest: string | null;
    readonly configDigest: string;
    readonly sizeBytes: number;
    readonly baseBytes: number | null;
    readonly ownBytes: number | null;
    readonly compressedBytes: number | null;
    readonly layerCount: number;
    readonly fileCount: number;
  };
  readonly layers: readonly LayerFacts[];
  readonly waste: {
    readonly bytes: number;
    readonly own: { readonly bytes: number | null };
    readonly base: { readonly bytes: number | null };
  };
  readonly compat: {
    readonly dive: {
      readonly efficiencyScore: number;
      readonly wastedBytes: number;
      readonly userWastedPercent: number | null;
      readonly userSizeBytes: number;
    };
  };
  /** Values of budgets when it was judged: of a report that was read, all that is known of paths. */
  readonly budgets: { readonly results: readonly MeasuredFact[] } | null;
}

export interface LayerFacts {
  readonly index: number;
  readonly diffId: string | null;
  readonly digest: string | null;
  readonly compressedBytes: number | null;
  readonly tarBytes: number | null;
  readonly sizeBytes: number;
  readonly wastedBytes: number;
  /** Entries of the final filesystem that are no directories and stand in this layer. */
  readonly fileCount: number;
  readonly origin: 'base' | 'own' | 'unknown';
  readonly history: {
    readonly createdBy: string;
    readonly created: string | null;
    readonly comment: string;
    readonly author: string;
  } | null;
  readonly instruction: {
    readonly file: string;
    readonly startLine: number;
    readonly endLine: number;
    readonly stage: string;
    readonly keyword: string;
    readonly text: string;
  } | null;
}

export interface MeasuredFact {
  readonly metric: string;
  readonly scope: string;
  readonly stage: string | null;
  readonly path: string | null;
  readonly value: number | null;
}
