import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { splitCommand } from '../../dockerfile/split-command.ts';
import type { KeyPart } from '../keyed-step.ts';
import type { StepScene } from '../linear/linear-model.ts';
import { textPart } from '../linear/text-part.ts';
import type { StageState } from '../linear/stage-state.ts';
import { copyParts } from './copy-parts.ts';
import { runParts } from './run-parts.ts';

/** What the classic builder compares of an instruction, variables expanded (moby, builder/dockerfile/dispatchers.go). */
export function classicParts(command: Instruction, scene: StepScene): readonly KeyPart[] {
  const { keyword, arguments: parsed } = command;
  const { state } = scene;
  const pairs = parsed.form === 'pairs' ? parsed.pairs : [];
  switch (keyword) {
    case 'RUN':
      return runParts(command, scene);
    case 'COPY':
    case 'ADD':
      return copyParts(command, scene);
    case 'ENV':
      return state.setEnvironment(pairs).map(([name, value]) => textPart('environment', name, value));
    case 'LABEL':
      return pairs.map(({ name, value }) => textOf(`LABEL ${state.expand(name)}=${state.expand(value ?? '')}`));
    case 'ARG':
      return pairs.map(({ name, value }) => {
        const own = value === null ? null : state.expand(value);
        state.declare(name, own);
        // The line is compared, and what was given for it only where it is used.
        return textOf(own === null ? `ARG ${name}` : `ARG ${name}=${own}`);
      });
    case 'WORKDIR':
      state.enter(state.expand(rest(command)));
      return [textPart('working-directory', '', state.workingDir)];
    case 'USER':
      return [textPart('user', '', state.expand(rest(command)))];
    case 'SHELL':
      if (parsed.form === 'exec') state.shell = parsed.words;
      return [textPart('shell', '', JSON.stringify(state.shell))];
    case 'CMD':
    case 'ENTRYPOINT':
      return [textOf(`${keyword} ${JSON.stringify(commandWords(command, state))}`)];
    case 'EXPOSE':
      return [textOf(`EXPOSE ${ports(command, state).join(' ')}`)];
    case 'VOLUME':
      return [textOf(`VOLUME ${JSON.stringify(expandedWords(command, state))}`)];
    case 'STOPSIGNAL':
      return [textOf(`STOPSIGNAL ${state.expand(rest(command))}`)];
    default:
      return [textOf(`${keyword} ${rest(command)}`)];
  }
}

function textOf(line: string): KeyPart {
  return textPart('command', '', line);
}

function rest({ line }: Instruction): string {
  return splitCommand(line).afterKeyword;
}

function commandWords({ arguments: parsed }: Instruction, { shell }: StageState): readonly string[] {
  return parsed.form === 'exec' ? parsed.words : [...shell, parsed.form === 'text' ? parsed.text : ''];
}

function expandedWords({ arguments: parsed }: Instruction, state: StageState): readonly string[] {
  return parsed.form === 'exec' || parsed.form === 'words' ? parsed.words.map((word) => state.expand(word)) : [];
}

/** Sorted, and a variable may hold several. */
function ports(command: Instruction, state: StageState): readonly string[] {
  const words = expandedWords(command, state).flatMap((word) => word.split(/\s+/));
  return words.filter((word) => word !== '').sort();
}
