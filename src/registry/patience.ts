import type { Clock } from './clock.ts';
import type { Limits } from './limits.ts';
import { PassingFailure } from './passing-failure.ts';

/** How often something was tried, and whether it is tried again. */
export class Patience {
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #closed: AbortSignal;
  #failures = 0;
  #start: number;

  /** @param closed ends a pause, for nobody waits any more */
  constructor(clock: Clock, limits: Limits, closed: AbortSignal) {
    this.#clock = clock;
    this.#limits = limits;
    this.#closed = closed;
    this.#start = clock.now();
  }

  /** To be called when something was achieved: what failed before counts no more. */
  renew(): void {
    this.#failures = 0;
    this.#start = this.#clock.now();
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
   * Waits for as long as is good after a failure: as long as the other side says, else twice as long each time, and up to
   * half as long again, by chance, so that clients that failed together do not come back together.
   * @throws the failure, as it is to be told, if there shall be no other attempt
   */
  async pauseAfter(error: unknown): Promise<void> {
    if (!(error instanceof PassingFailure)) throw error;
    this.#failures += 1;
    const pause = error.wait ?? this.#limits.firstPause * 2 ** (this.#failures - 1) * (1 + this.#clock.random() / 2);
    const end = this.#start + this.#limits.patience;
    if (this.#failures >= this.#limits.attempts || this.#clock.now() + pause > end) throw error.outcome;
    await this.#clock.sleep(pause, this.#closed);
  }
}
