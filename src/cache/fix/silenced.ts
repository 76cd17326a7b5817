import type { Instruction } from '../../dockerfile/dockerfile.ts';

/** Whether a comment keeps a rule, and so its fix, off an instruction (`# layerscope ignore=RULE`). */
export function isSilenced({ ignores }: Instruction, rule: string): boolean {
  return ignores.some(({ rules }) => rules.includes(rule));
}
