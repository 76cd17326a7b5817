import type { StepRecord } from '../step-record.ts';

/** A record, and whether it is the builder's own or one that only a normalisation makes equal. */
export interface ExpectedRecord {
  readonly record: StepRecord;
  readonly exact: boolean;
}
