import type { KeyPart } from '../keyed-step.ts';
import { textPart } from './text-part.ts';

/** Arguments with their values, in the order that `|N NAME=VALUE …` before a command has them. */
export function argumentParts(values: readonly (readonly [name: string, value: string])[]): readonly KeyPart[] {
  const texts = values.map(([name, value]) => ({ text: `${name}=${value}`, part: textPart('argument', name, value) }));
  return texts.sort((a, b) => (a.text < b.text ? -1 : 1)).map(({ part }) => part);
}
