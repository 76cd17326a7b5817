/** How long is waited for a registry, and how often it is tried. Times in milliseconds. */
export interface Limits {
  /** Until a connection is there. */
  readonly connect: number;
  /** From a request to the start of its answer, connecting included. */
  readonly answer: number;
  /** Between two pieces of an answer. */
  readonly idle: number;
  /** For the whole of a manifest, a configuration or a token, once its answer has begun. */
  readonly document: number;
  /** Attempts in a row that fail. */
  readonly attempts: number;
  /** No attempt starts later than this after the first of them; nor is a longer wait accepted that a registry asks for. */
  readonly patience: number;
  /** The wait after the first failure; it doubles with each one more. */
  readonly firstPause: number;
  /** A download that breaks starts to count its attempts anew after so many bytes. */
  readonly progress: number;
}

/** A registry that never answers has two attempts of 30 seconds, so it is given up on after one minute. */
export const defaultLimits: Limits = {
  connect: 10_000,
  answer: 30_000,
  idle: 30_000,
  document: 60_000,
  attempts: 5,
  patience: 60_000,
  firstPause: 500,
  progress: 1024 * 1024,
};

/** Distribution-spec, "Pushing Manifests": registries take manifests of at least this; more is no manifest. */
export const manifestLimit = 4 * 1024 * 1024;

/** Answers with tokens; real ones have a few kilobytes. */
export const tokenLimit = 1024 * 1024;

/** How much of an answer that tells of an error is read. */
export const complaintLimit = 64 * 1024;

export const redirectLimit = 5;
