import { createHash } from 'node:crypto';
import { followLinks } from '../../context/follow-links.ts';
import { TreeDigest } from '../../context/tree-digest.ts';
import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { baseImage } from '../base-image.ts';
import type { KeyPart } from '../keyed-step.ts';
import { argumentParts } from '../linear/argument-parts.ts';
import type { StepScene } from '../linear/linear-model.ts';
import { textPart } from '../linear/text-part.ts';
import { type Mount, mountsOf } from './mounts.ts';

/** RUN: the arguments declared so far, the line with its flags, here-documents, and what bind mounts hold. */
export function runParts(command: Instruction, scene: StepScene): readonly KeyPart[] {
  const { keyword, line, heredocs } = command;
  const { state } = scene;
  const values = [...state.arguments].map(([name, value]) => [name, state.ownEnvironment.get(name) ?? value] as const);
  const bodies = heredocs.map(({ content }) => `\n${content.trim()}`);
  return [
    ...argumentParts(values),
    textPart('command', '', [line.slice(keyword.length + 1), ...bodies].join('')),
    ...mountsOf(command, scene).flatMap((mount) => mountPart(mount, scene)),
  ];
}

const digests = new TreeDigest((node) =>
  node.kind === 'symlink'
    ? `symlink ${node.target}`
    : `${node.kind} ${node.mode} ${'content' in node ? node.content : ''}`,
);

function mountPart({ text, type, source, from, end }: Mount, { inputs }: StepScene): KeyPart[] {
  // One that takes from a stage that ran makes RUN run, whatever its type.
  if (end !== null) return [{ kind: 'mount', name: text, value: '', selected: [], from: end.step }];
  if (type !== 'bind') return [];
  if (from !== null) return [textPart('mount', text, baseImage(inputs, from).identity)];
  // The ignore file does not count here.
  const context = inputs.wholeContext ?? inputs.context;
  const found = context === null ? null : followLinks(context, source, 'kept');
  if (found === null) return [textPart('content', source, source)];
  const value = createHash('sha256').update(digests.of(found.node)).digest('hex');
  return [{ kind: 'content', name: source, value, selected: [found], from: null }];
}
