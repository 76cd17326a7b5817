import { selectSource } from '../../context/select-source.ts';
import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { isRemote } from '../remote-source.ts';
import type { KeyPart, SelectedNode } from '../keyed-step.ts';
import { argumentParts } from '../linear/argument-parts.ts';
import { copyWords, flagValue } from '../linear/copy-words.ts';
import type { StepScene } from '../linear/linear-model.ts';
import { proxyArguments } from '../linear/proxy-arguments.ts';
import { takenPart } from '../linear/taken-part.ts';
import { textPart } from '../linear/text-part.ts';
import { namelessDigest } from './nameless-digest.ts';

/** The line as it is written, for RUN all variables besides, and for COPY and ADD the files that it selects. */
export function kanikoParts(command: Instruction, scene: StepScene): readonly KeyPart[] {
  const { keyword, arguments: parsed } = command;
  const { state } = scene;
  const text = textPart('command', '', command.line.trim());
  const pairs = parsed.form === 'pairs' ? parsed.pairs : [];
  switch (keyword) {
    case 'RUN':
      return [...variableParts(scene), text];
    case 'COPY':
    case 'ADD':
      return [text, ...sourceParts(command, scene)];
    case 'ARG':
      for (const { name, value } of pairs) state.declare(name, value === null ? null : state.expand(value));
      return [text];
    case 'ENV':
      state.setEnvironment(pairs);
      return [text];
    default:
      return [text];
  }
}

/** Proxies that were given need not be declared. The image's own variables are as they are with the image. */
function variableParts({ state, inputs: { buildArgs } }: StepScene): readonly KeyPart[] {
  const environment = [...state.environment].sort(([a], [b]) => (a < b ? -1 : 1));
  const proxies = proxyArguments.map((name) => [name, buildArgs.get(name) ?? ''] as const);
  const given = new Map([...proxies.filter(([, value]) => value !== ''), ...state.arguments]);
  return [
    ...environment.map(([name, value]) => textPart('environment', name, value)),
    ...argumentParts([...given].filter(([name]) => !state.environment.has(name))),
  ];
}

function sourceParts(command: Instruction, scene: StepScene): readonly KeyPart[] {
  const { state, inputs } = scene;
  const words = copyWords(command).sources.map((source) => state.expand(source));
  const from = flagValue(command, 'from');
  if (from !== null) return [takenPart(from, words, scene)];
  const sources = words.filter((source) => command.keyword !== 'ADD' || !isRemote(source));
  const { context } = inputs;
  const name = sources.join(' ');
  if (sources.length === 0) return [];
  if (context === null) return [textPart('content', name, name)];
  const rules = { named: 'kept', beforeWildcard: 'followed' } as const;
  const found = sources.flatMap((source) => selectSource(context, source, rules));
  const value = found.map(({ node }) => namelessDigest(node)).join(',');
  return [
    {
      kind: 'content',
      name,
      value,
      selected: found.map(({ path, node }): SelectedNode => ({ path, node })),
      from: null,
    },
  ];
}
