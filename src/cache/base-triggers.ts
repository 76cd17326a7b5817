import type { Instruction } from '../dockerfile/dockerfile.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import type { BaseImage } from './build-inputs.ts';
import type { StageCommand } from './stage-command.ts';

/** More than any base image has. */
const mostTriggers = 100;

/** What the ONBUILD instructions that a base image was built with add to a stage, right after its FROM. */
export function baseTriggers(image: BaseImage | null, from: Instruction): readonly StageCommand[] {
  const texts = image?.config?.building.onBuild.slice(0, mostTriggers) ?? [];
  return texts.flatMap((text) => {
    const [stage] = parseDockerfile(`FROM scratch\n${text}`).stages;
    const command = stage?.instructions[1];
    return command === undefined ? [] : [{ instruction: from, command }];
  });
}
