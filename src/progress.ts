import type { Pace } from './pace.ts';

/** How far a long read is. Bytes are those of the input as stored; `total` is null where its size is unknown. */
export interface ProgressUpdate {
  /** What is being read, such as `layer 3 of 9`. */
  readonly what: string;
  readonly done: number;
  readonly total: number | null;
  /** How fast, as somebody measured who has a clock; null while there is too little to tell. */
  readonly pace?: Pace | null;
}

export type OnProgress = (update: ProgressUpdate) => void;
