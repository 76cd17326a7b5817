import type { Place } from './wrong-setting.ts';

/** A configuration's text taken apart. */
export interface ConfigText {
  readonly value: unknown;
  /** The line, from 1, on which a setting, or as much of the way to it as there is, stands. */
  readonly lineOf: (place: Place) => number | Promise<number>;
}
