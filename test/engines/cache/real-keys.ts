import { createHash } from 'node:crypto';
import type { KeyedStep, KeyPart } from '../../../src/cache/keyed-step.ts';

/**
 * What others take from a stage, or from an image (null): the same string for the same bytes; null where each time it is made
 * they are others; undefined where nobody has said.
 */
export type OutputOf = (stage: number | null) => string | null | undefined;

/**
 * The keys of steps if it is known what stages yield: what the model has to leave open, and the builder finds out. Undefined
 * where nobody has said what a stage yields.
 */
export function realKeys(steps: readonly KeyedStep[], outputOf: OutputOf): readonly (string | undefined)[] {
  const keys: (string | undefined)[] = [];
  for (const { hopefulKey, parents, parts } of steps) {
    const yielded = parts.flatMap((part) => {
      if (!isTaken(part)) return [];
      const output = outputOf(part.from === null ? null : (steps[part.from]?.stage.index ?? null));
      // What is another one each time is the same only if it was not made again.
      return [output === null && part.from !== null ? keys[part.from] : output];
    });
    // What is taken as a whole, and not for its content, has to be the same step.
    const whole = parts.flatMap((part) => (part.from === null || isTaken(part) ? [] : part.from));
    const all = [hopefulKey, ...[...parents, ...whole].map((step) => keys[step]), ...yielded];
    keys.push(all.includes(undefined) ? undefined : createHash('sha256').update(JSON.stringify(all)).digest('hex'));
  }
  return keys;
}

function isTaken({ kind }: KeyPart): boolean {
  return kind === 'stage-content' || kind === 'image-content';
}
