import type { Instruction } from '../../dockerfile/dockerfile.ts';
import type { KeyPart } from '../keyed-step.ts';
import type { StepScene } from '../linear/linear-model.ts';
import { proxyArguments } from '../linear/proxy-arguments.ts';
import { textPart } from '../linear/text-part.ts';
import { splitCommand } from '../../dockerfile/split-command.ts';
import { copyParts } from './copy-parts.ts';
import { runParts } from './run-parts.ts';

/**
 * What buildah writes into the history for an instruction (imagebuildah/stage_executor.go, getCreatedBy): the joined line
 * with its spaces and quotes and without values, so that what a variable has become does not show.
 */
export function buildahParts(command: Instruction, scene: StepScene): readonly KeyPart[] {
  const { keyword, arguments: parsed, line } = command;
  const { state } = scene;
  const pairs = parsed.form === 'pairs' ? parsed.pairs : [];
  switch (keyword) {
    case 'RUN':
      return runParts(command, scene);
    case 'COPY':
    case 'ADD':
      return copyParts(command, scene);
    case 'ARG':
      for (const { name, value } of pairs) {
        // What every build has, as a symbol for whatever it is.
        const builtIn = value === null && platformArguments.has(name) ? `\${${name}}` : null;
        state.declare(name, value === null ? builtIn : state.expand(value));
      }
      return [textPart('command', '', `ARG ${argumentNames(scene).join(' ')}`)];
    case 'ENV':
      state.setEnvironment(pairs);
      break;
    case 'WORKDIR':
      state.enter(state.expand(splitCommand(line).afterKeyword));
      break;
    default:
  }
  return [textPart('command', '', line)];
}

const platformArguments: ReadonlySet<string> = new Set(
  ['TARGET', 'BUILD'].flatMap((side) => ['PLATFORM', 'OS', 'ARCH', 'VARIANT'].map((part) => side + part)),
);

/** An ARG is recorded as the names of all that have a value by then, proxies that were given among them. */
function argumentNames({ inputs, state }: StepScene): readonly string[] {
  const given = proxyArguments.filter((name) => inputs.buildArgs.has(name));
  return [...new Set([...state.arguments.keys(), ...given])].sort();
}
