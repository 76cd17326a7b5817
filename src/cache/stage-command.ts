import type { Instruction } from '../dockerfile/dockerfile.ts';

/** An instruction of a stage; of a trigger, `command` is what its ONBUILD keeps. */
export interface StageCommand {
  readonly instruction: Instruction;
  readonly command: Instruction;
}
