/** What a step costs when it runs; null where nobody knows. */
export interface StepCost {
  /** Of the layer it makes: regular files, uncompressed. */
  readonly bytes: number | null;
  readonly seconds: number | null;
}

/** By the first line of the instruction. A line that is not in here costs nobody knows what. */
export type StepCosts = ReadonlyMap<number, StepCost>;

export const unknownCost: StepCost = { bytes: null, seconds: null };

/** What is known of several costs together; null only where nothing is known of any. */
export function sumOfCosts(costs: readonly StepCost[]): StepCost {
  return {
    bytes: sumOfKnown(costs.map(({ bytes }) => bytes)),
    seconds: sumOfKnown(costs.map(({ seconds }) => seconds)),
  };
}

function sumOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}
