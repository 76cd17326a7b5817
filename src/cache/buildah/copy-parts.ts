import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { expandRaw } from '../../dockerfile/expand.ts';
import { selectSource } from '../../context/select-source.ts';
import { isRemote } from '../remote-source.ts';
import type { KeyPart, SelectedNode } from '../keyed-step.ts';
import { copyWords, flagValue, flagValues, isSet } from '../linear/copy-words.ts';
import { excludedTree } from '../linear/excluded-tree.ts';
import type { StepScene } from '../linear/linear-model.ts';
import { takenPart } from '../linear/taken-part.ts';
import { textPart } from '../linear/text-part.ts';
import { givenName } from './given-name.ts';
import { ownerOf } from './owner.ts';
import { digestWithParents, sourceDigest } from './source-digest.ts';

/**
 * COPY and ADD: a digest of what is put in place, with the modes and owners it gets, and the destination as it is written.
 */
export function copyParts(command: Instruction, scene: StepScene): readonly KeyPart[] {
  const { destination } = copyWords(command);
  const link = isSet(command, 'link') ? ' --link' : '';
  return [
    textPart('command', '', `${command.keyword}${link}`),
    ...ownerParts(command, scene),
    ...sourceParts(command, scene),
    textPart('destination', '', destination),
  ];
}

/** What comes from the context is root's where nothing is said, and to say so makes no difference. */
function ownerParts(command: Instruction, { state }: StepScene): readonly KeyPart[] {
  const chown = flagValue(command, 'chown');
  if (chown === null || flagValue(command, 'from') !== null) return [];
  const owner = ownerOf(state.expand(chown));
  return owner === '0:0' ? [] : [textPart('option', '--chown', owner)];
}

function sourceParts(command: Instruction, scene: StepScene): readonly KeyPart[] {
  const { state } = scene;
  const sources = copyWords(command).sources.map((source) => state.expand(source));
  const from = flagValue(command, 'from');
  // Owner and mode of what is taken are no more than its content is: nobody knows what they were.
  if (from !== null) {
    const flags = [flagValue(command, 'chown'), flagValue(command, 'chmod')].map((value) => state.expand(value ?? ''));
    return [takenPart(state.expand(from), [...sources, ...flags.filter((flag) => flag !== '')], scene)];
  }
  const remote = command.keyword === 'ADD' ? sources.filter(isRemote) : [];
  const local = sources.filter((source) => !remote.includes(source));
  return [
    ...heredocParts(command, scene),
    ...remote.map((url) => textPart('remote', url, url)),
    ...(local.length === 0 ? [] : [contentPart(command, local, scene)]),
  ];
}

function heredocParts(command: Instruction, scene: StepScene): readonly KeyPart[] {
  const { escape } = scene.inputs.dockerfile.directives;
  const given = givenName(command, scene);
  return command.heredocs.map(({ name, content, expand, chomp }) => {
    const cut = chomp ? content.replaceAll(/^\t+/gm, '') : content;
    const text = expand ? (expandRaw(cut, scene.state.lookup, escape) ?? cut) : cut;
    return textPart('inline-content', given ?? name, text);
  });
}

function contentPart(command: Instruction, sources: readonly string[], scene: StepScene): KeyPart {
  const { state } = scene;
  const { context } = scene.inputs;
  const name = sources.join(' ');
  if (context === null) return textPart('content', name, name);
  const excludes = flagValues(command, 'exclude').map((pattern) => state.expand(pattern));
  const tree = excludedTree(context, excludes);
  const rules = { named: 'followed', beforeWildcard: 'followed' } as const;
  const found = sources.flatMap((source) => selectSource(tree, source, rules));
  const chmod = flagValue(command, 'chmod');
  const mode = chmod === null ? null : state.expand(chmod);
  const given = givenName(command, scene);
  const value = found.map(({ name: path, node }) => {
    if (isSet(command, 'parents')) return digestWithParents(tree, path, mode);
    // Of what is unpacked, only that counts.
    if (command.keyword === 'ADD' && node.kind === 'file' && isArchive(path)) return `archive:${node.content}`;
    return sourceDigest(node, given ?? path.slice(path.lastIndexOf('/') + 1), mode);
  });
  const selected = found.map(({ path, node }): SelectedNode => ({ path, node }));
  return { kind: 'content', name, value: value.join(','), selected, from: null };
}

/** By its name; builders look inside. */
function isArchive(path: string): boolean {
  return /\.(?:tar(?:\.(?:gz|bz2|xz|zst))?|tgz|tbz2?|txz)$/.test(path);
}
