/** How long is waited for a registry, and how often it is tried. Times in milliseconds. */
export interface Limits {
  /** Until a connection is there. */
  readonly connect: number;
  /** From a request to the start of its answer, connecting included. */
  readonly answer: number;
  /** Between two pieces of an answer. */
  readonly idle: number;
  /** Attempts in a row that fail. */
  readonly attempts: number;
  /** No attempt starts later than this after the first that failed, so no longer wait is accepted from a registry, either. */
  readonly patience: number;
  /** The wait after the first failure; it doubles with each one more. */
  readonly firstPause: number;
  /** Bytes of an answer that count as getting somewhere: after them, failed attempts are forgotten. */
  readonly progress: number;
  /** The longest wait for that many bytes; slower is as good as never. */
  readonly crawl: number;
}

/** A registry that never answers gets three attempts of 30 seconds, so it is given up on after a minute and a half. */
export const defaultLimits: Limits = {
  connect: 10_000,
  answer: 30_000,
  idle: 30_000,
  attempts: 5,
  patience: 60_000,
  firstPause: 500,
  progress: 1024 * 1024,
  crawl: 120_000,
};

/** Distribution-spec, "Pushing Manifests": registries take manifests of at least this; more is no manifest. */
export const manifestLimit = 4 * 1024 * 1024;

/** Answers with tokens; real ones have a few kilobytes. */
export const tokenLimit = 1024 * 1024;

/** How much of an answer that tells of an error is read. */
export const complaintLimit = 64 * 1024;

export const redirectLimit = 5;

/** How long a connection is kept without use, in milliseconds; shorter if the other side says so. */
export const keptFor = 4000;
