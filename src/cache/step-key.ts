import { createHash } from 'node:crypto';
import type { KeyPart } from './keyed-step.ts';

/**
 * A step's key: a hexadecimal digest, the same for the same parts in the same order and the same keys before it.
 *
 * @param parents the keys of all whose result the step starts from or takes something from
 */
export function keyOf(parts: readonly KeyPart[], parents: readonly string[]): string {
  const counted = parts.map(({ kind, name, value }) => (isForPeople(kind) ? [kind, value] : [kind, name, value]));
  return createHash('sha256')
    .update(JSON.stringify([counted, parents]))
    .digest('hex');
}

/** Whose name is for people alone: no builder tells one tag of an image from another. */
function isForPeople(kind: KeyPart['kind']): boolean {
  return kind === 'base' || kind === 'content' || kind === 'stage-content' || kind === 'image-content';
}
