/** What of an image decides how its budgets are written. Sizes are in bytes. */
export interface InitFacts {
  readonly sizeBytes: number;
  /** Null where nobody can tell which layers are the user's own. */
  readonly ownBytes: number | null;
  /** Null where it is stored uncompressed. */
  readonly compressedBytes: number | null;
  readonly layerCount: number;
  readonly wastedPercent: number;
  readonly efficiency: number;
  /** Files of git's that the final filesystem shows. */
  readonly gitFiles: number;
  /** How many errors rules find, by rule; those without are left out. */
  readonly errors: ReadonlyMap<string, number>;
}

/** The image that a configuration is written for, and how. */
export interface InitImage {
  readonly facts: InitFacts;
  /** The words of what judges it, quoted for a shell. Not sanitised. */
  readonly command: readonly string[];
  /** Whether there is a `.dive-ci` that the new file keeps from being read. */
  readonly replacesDive: boolean;
}
