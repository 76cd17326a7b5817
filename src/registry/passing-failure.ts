import type { LayerscopeError } from '../errors.ts';

/** An attempt that failed, where the next one need not. */
export class PassingFailure extends Error {
  /** What is said if no other attempt succeeds. */
  readonly outcome: LayerscopeError;
  /** How long the other side asks to wait, in milliseconds; null if it says nothing. */
  readonly wait: number | null;

  constructor(outcome: LayerscopeError, wait: number | null = null) {
    super(outcome.message, { cause: outcome });
    this.name = 'PassingFailure';
    this.outcome = outcome;
    this.wait = wait;
  }
}
