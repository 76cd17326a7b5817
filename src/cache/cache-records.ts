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

  statusOf({ role, key, hopefulKey }: KeyedStep): StepStatus {
    if (role === 'nothing') return 'noop';
    if (this.#keys.has(key)) return 'cached';
    return this.#hopefulKeys.has(hopefulKey) ? 'depends' : 'rerun';
  }
}
