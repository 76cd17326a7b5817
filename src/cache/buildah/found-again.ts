import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { copyWords, isSet } from '../linear/copy-words.ts';
import type { StepScene } from '../linear/linear-model.ts';
import { mountsOf } from './mounts.ts';

/** Some steps run in every build, whatever is the same (measured with 1.43.2). */
export function isFoundAgain(command: Instruction, scene: StepScene): boolean {
  switch (command.keyword) {
    case 'RUN':
      return mountsOf(command, scene).every(({ end }) => end === null || !alwaysRuns(end.stage.instructions.at(-1)));
    case 'COPY':
    case 'ADD':
      return !isSet(command, 'link') || isAsRecorded(copyWords(command).destination, scene);
    default:
      return true;
  }
}

/** A stage that ran is not looked up by those who mount it, and what makes no layer is carried out although it is cached. */
function alwaysRuns(last: Instruction | undefined): boolean {
  return last !== undefined && !['FROM', 'RUN', 'COPY', 'ADD'].includes(last.keyword);
}

/** With --link the history has the absolute path, and what is looked for is the word in the file. */
function isAsRecorded(destination: string, { state }: StepScene): boolean {
  return destination.startsWith('/') && state.expand(destination) === destination;
}
