import type { StepCost } from '../../cache/step-costs.ts';
import { formatBytes } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';

/** What is known of a cost, as parts of a sentence: `2.5 steps`, `30.0 MB`, `12.5 s`. */
export function costTexts(cost: StepCost & { readonly steps: number }): string[] {
  const steps = Number.isInteger(cost.steps) ? plural(cost.steps, 'step') : `${cost.steps.toFixed(1)} steps`;
  return [steps, ...[bytesText(cost), secondsText(cost)].filter((text) => text !== '')];
}

/** Empty where it is not known. */
export function bytesText({ bytes }: StepCost): string {
  return bytes === null ? '' : formatBytes(Math.round(bytes));
}

/** Empty where it is not known. */
export function secondsText({ seconds }: StepCost): string {
  return seconds === null ? '' : `${seconds.toFixed(1)} s`;
}
