import type { Pace } from './pace.ts';
import { PassingFailure } from './passing-failure.ts';

/** How often something failed, and whether it is tried again. */
export class Patience {
  readonly #pace: Pace;
  readonly #closed: AbortSignal;
  #failures = 0;
  /** When there was the first of these failures. */
  #since = 0;

  /** @param closed ends a pause, for nobody waits any more */
  constructor(pace: Pace, closed: AbortSignal) {
    this.#pace = pace;
    this.#closed = closed;
  }

  /** To be called when something was achieved: what failed before counts no more. */
  renew(): void {
    this.#failures = 0;
  }

  /** Tries until it succeeds. @throws LayerscopeError of the last attempt */
  async attempt<Result>(action: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await action();
      } catch (error) {
        await this.pauseAfter(error);
      }
    }
  }

  /**
   * Waits for as long as is good after a failure: twice as long each time, up to half as long again, by chance, so that
   * clients that failed together do not come back together, and never shorter than the other side asks for.
   * @throws the failure, as it is to be told, if there shall be no other attempt
   */
  async pauseAfter(error: unknown): Promise<void> {
    if (!(error instanceof PassingFailure)) throw error;
    const { clock, limits } = this.#pace;
    const now = clock.now();
    if (this.#failures === 0) this.#since = now;
    this.#failures += 1;
    const own = limits.firstPause * 2 ** (this.#failures - 1) * (1 + clock.random() / 2);
    const pause = Math.max(own, error.wait ?? 0);
    const over = now + pause > this.#since + limits.patience;
    if (this.#failures >= limits.attempts || over) throw error.outcome;
    try {
      await clock.sleep(pause, this.#closed);
    } catch {
      throw error.outcome;
    }
  }
}
