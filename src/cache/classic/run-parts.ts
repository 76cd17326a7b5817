import type { Arguments, Instruction } from '../../dockerfile/dockerfile.ts';
import type { KeyPart } from '../keyed-step.ts';
import { argumentParts } from '../linear/argument-parts.ts';
import type { StepScene } from '../linear/linear-model.ts';
import { proxyArguments } from '../linear/proxy-arguments.ts';
import { textPart } from '../linear/text-part.ts';

/**
 * RUN: the command line, after the arguments of the stage that ENV does not hide, sorted. Flags are refused, and the body of
 * a here-document is no part of the command.
 */
export function runParts({ arguments: parsed }: Instruction, { inputs, state }: StepScene): readonly KeyPart[] {
  const given = argumentParts([...state.arguments].filter(([name]) => !state.environment.has(name)));
  // A proxy that is given and not declared is not listed, but there is a list then (`|0`).
  const emptyList = given.length === 0 && proxyArguments.some((name) => inputs.buildArgs.has(name));
  return [...(emptyList ? [textPart('argument', 'proxies', 'given')] : given), ...commandParts(parsed, state.shell)];
}

/** `["/bin/sh", "-c", "make"]` and `make` are the same command. */
function commandParts(parsed: Arguments, shell: readonly string[]): readonly KeyPart[] {
  if (parsed.form === 'exec' && !isShellForm(parsed.words, shell))
    return [textPart('command', '', JSON.stringify(parsed.words))];
  const script = parsed.form === 'exec' ? (parsed.words.at(-1) ?? '') : parsed.form === 'text' ? parsed.text : '';
  return [textPart('shell', '', JSON.stringify(shell)), textPart('command', '', script)];
}

function isShellForm(words: readonly string[], shell: readonly string[]): boolean {
  return words.length === shell.length + 1 && shell.every((word, at) => word === words[at]);
}
