import type { KeyedStep } from './keyed-step.ts';

/**
 * `cached`, the builder has the result; `rerun`, it has not; `depends`, it has if what other stages yield is the same as
 * before, byte for byte; `noop`, the step can never invalidate anything.
 */
export type StepStatus = 'cached' | 'rerun' | 'depends' | 'noop';

/** What a builder's cache holds after some builds. Nothing is ever evicted. */
export class CacheRecords {
  readonly #keys = new Set<string>();
  readonly #hopefulKeys = new Set<string>();

  /** After a build: all its results are there. */
  add(steps: readonly Pick<KeyedStep, 'key' | 'hopefulKey'>[]): void {
    for (const { key, hopefulKey } of steps) {
      if (key !== '') this.#keys.add(key);
      if (hopefulKey !== '') this.#hopefulKeys.add(hopefulKey);
    }
  }

  /**
   * Of all steps of a build. Where two stages have the same step, its result is there for the second when the first has
   * run. An image that moved has moved for both.
   */
  statusesOf(steps: readonly KeyedStep[]): readonly StepStatus[] {
    const made = new Set<string>();
    return steps.map((step) => {
      const { role, key, command } = step;
      if (role !== 'step' || key === '' || command.keyword === 'FROM' || !made.has(key)) {
        made.add(key);
        return this.statusOf(step);
      }
      return 'cached';
    });
  }

  /** Of a step alone. */
  statusOf({ role, key, hopefulKey }: KeyedStep): StepStatus {
    if (role === 'nothing') return 'noop';
    if (this.#keys.has(key)) return 'cached';
    return this.#hopefulKeys.has(hopefulKey) ? 'depends' : 'rerun';
  }
}
