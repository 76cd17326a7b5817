/** What a builder said of one step. */
export interface ReportedStep {
  /** As the builder names the step's stage: a name or a number, `''` where there is but one. */
  readonly stage: string;
  /** Counted from 1 within the stage, FROM an image included. */
  readonly number: number;
  /** As the builder shows it. */
  readonly text: string;
  readonly cached: boolean;
}
