import { selectSource } from '../../context/select-source.ts';
import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { isRemote } from '../remote-source.ts';
import type { KeyPart, SelectedNode } from '../keyed-step.ts';
import { copyWords, flagValue } from '../linear/copy-words.ts';
import type { StepScene } from '../linear/linear-model.ts';
import { takenPart } from '../linear/taken-part.ts';
import { textPart } from '../linear/text-part.ts';
import { sourceHash } from './source-hash.ts';

/**
 * COPY and ADD: hashes of the sources, their paths included, and the destination. What 28.5 takes without a word
 * (`--link`, `--exclude`) is no part of it.
 */
export function copyParts(command: Instruction, scene: StepScene): readonly KeyPart[] {
  const { state } = scene;
  const words = copyWords(command);
  const sources = words.sources.map((source) => state.expand(source));
  const chown = flagValue(command, 'chown');
  // Of what is taken from a stage only the paths are known, and their hashes hold them.
  const paths = flagValue(command, 'from') === null ? [] : sources;
  return [
    textPart('command', '', [command.keyword, ...paths].join(' ')),
    ...(chown === null ? [] : [textPart('option', '--chown', state.expand(chown))]),
    ...sourceParts(command, sources, scene),
    textPart('destination', '', state.expand(words.destination)),
  ];
}

function sourceParts(command: Instruction, sources: readonly string[], scene: StepScene): readonly KeyPart[] {
  const from = flagValue(command, 'from');
  if (from !== null) return [takenPart(from, sources, scene)];
  const remote = command.keyword === 'ADD' ? sources.filter(isRemote) : [];
  const local = sources.filter((source) => !remote.includes(source));
  return [
    ...remote.map((url) => textPart('remote', url, url)),
    ...(local.length === 0 ? [] : [contentPart(local, scene)]),
  ];
}

/** All sources are one list of hashes: how they were named does not show in it. */
function contentPart(sources: readonly string[], { inputs: { context } }: StepScene): KeyPart {
  const name = sources.join(' ');
  if (context === null) return textPart('content', name, name);
  const rules = { named: 'followed', beforeWildcard: 'not-entered' } as const;
  const found = sources.flatMap((source) => selectSource(context, source, rules));
  const selected = found.map(({ path, node }): SelectedNode => ({ path, node }));
  const value = selected.map(({ path, node }) => sourceHash(context, path, node)).join(',');
  return { kind: 'content', name, value, selected, from: null };
}
