import type { KeyPart, PartKind } from '../keyed-step.ts';

/** A part that neither files nor stages stand behind. */
export function textPart(kind: PartKind, name: string, value: string): KeyPart {
  return { kind, name, value, selected: [], from: null };
}
