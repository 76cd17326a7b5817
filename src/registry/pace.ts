import { type Clock, systemClock } from './clock.ts';
import { defaultLimits, type Limits } from './limits.ts';

/** How long is waited, and by which clock. */
export interface Pace {
  readonly clock: Clock;
  readonly limits: Limits;
}

export const defaultPace: Pace = { clock: systemClock, limits: defaultLimits };
