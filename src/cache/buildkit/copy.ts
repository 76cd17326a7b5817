import { IgnoredTree } from '../../context/ignored-tree.ts';
import { hasWildcard } from '../../context/name-pattern.ts';
import { pathFilter } from '../../context/path-filter.ts';
import { cleanSource, SourceSelector } from '../../context/select-source.ts';
import type { Flag, Instruction } from '../../dockerfile/dockerfile.ts';
import { expandRaw } from '../../dockerfile/expand.ts';
import { heredocOfWord } from '../../dockerfile/heredoc.ts';
import type { KeyPart } from '../keyed-step.ts';
import { keepingLinks } from './content.ts';
import { ownerOf, permissionsOf } from './owner.ts';
import { baseName, destinationOf } from './path.ts';
import {
  type ContextFiles,
  type ContextPattern,
  fixedPart,
  type Origin,
  type PlannedStep,
  type TakenFiles,
  takenPart,
} from './planned-step.ts';
import { isRemote } from '../remote-source.ts';
import type { StageState } from './stage-state.ts';

/** What COPY and ADD are made of (convert_copy.go, dispatchCopy; ops/file.go, CacheMap). */
export function copyParts(
  command: Instruction,
  state: StageState,
  originOf: (name: string) => Origin,
): Pick<PlannedStep, 'parts' | 'taken' | 'result'> {
  const { flags, keyword, arguments: parsed } = command;
  const words = parsed.form === 'words' || parsed.form === 'exec' ? parsed.words : [];
  const isHeredoc = (word: string): boolean => parsed.form === 'words' && heredocOfWord(word) !== null;
  const sources = words.slice(0, -1).filter((word) => !isHeredoc(word));
  const from = keyword === 'COPY' ? flagValue(flags, 'from') : null;
  const origin = from === null ? null : originOf(from);
  const found = sources.map((source) => sourcePart(source, command, state, origin));
  return {
    parts: [
      ...optionParts(command, state),
      ...found.map(({ part }) => part),
      ...heredocParts(command, state),
      fixedPart('destination', '', destinationOf(state.workingDir, state.expandOrKeep(words.at(-1) ?? ''))),
    ],
    taken: found.flatMap(({ taken }) => taken),
    // With --chmod, BuildKit gives up --link without a word.
    result: isOn(flags, 'link') && (flagValue(flags, 'chmod') ?? '') === '' ? 'merged' : 'own',
  };
}

interface SourcePart {
  readonly part: KeyPart | ContextFiles;
  readonly taken: readonly TakenFiles[];
}

function sourcePart(
  written: string,
  { keyword, flags }: Instruction,
  state: StageState,
  origin: Origin | null,
): SourcePart {
  const word = state.expandOrKeep(written);
  if (keyword === 'ADD' && isRemote(word)) return { part: fixedPart('remote', '', word), taken: [] };
  const { path, only } = isOn(flags, 'parents') ? pivot(word) : { path: word, only: null };
  const source = cleanSource(path);
  // The directory of a source is not in the key; with --parents all of it is.
  const label = only === null ? baseName(source) : `${baseName(source)} ${only} ${requiredPath(source, only)}`;
  if (origin !== null) {
    const cleaned = only === null ? source : `${source}/./${only}`;
    return { part: takenPart(origin, written, label), taken: [{ origin, path: cleaned }] };
  }
  const exclude = flagValues(flags, 'exclude');
  const filter = only === null && exclude.length === 0 ? null : new IgnoredTree(pathFilter(only, exclude));
  const pattern = hasWildcard(source) ? patternOf(source) : null;
  return { part: { kind: 'context-files', name: written, label, source, pattern, filter }, taken: [] };
}

function patternOf(source: string): ContextPattern {
  const parts = source.split('/');
  const before = parts.slice(0, parts.findIndex(hasWildcard)).join('/');
  const selector = new SourceSelector(source, keepingLinks);
  return { selector, uncounted: before === '' ? 0 : before.length + 1 };
}

/** With --parents, what is behind `/./` is kept of a source's path; without it, all is. */
function pivot(word: string): { readonly path: string; readonly only: string } {
  const at = word.indexOf('/./');
  const path = at === -1 ? '' : word.slice(0, at);
  return { path, only: cleanSource(at === -1 ? word : word.slice(at + 3)) };
}

function requiredPath(source: string, only: string): string {
  return hasWildcard(source) || hasWildcard(only) ? '' : cleanSource(`${source}/${only}`);
}

/** Every flag that is hashed by itself; what `--link`, `--from` and `--parents` do is elsewhere. */
function optionParts({ keyword, flags }: Instruction, state: StageState): readonly KeyPart[] {
  const owner = state.expandOrKeep(flagValue(flags, 'chown') ?? '');
  const permissions = state.expandOrKeep(flagValue(flags, 'chmod') ?? '');
  const unpack = flags.some(({ name }) => name === 'unpack') ? isOn(flags, 'unpack') : keyword === 'ADD';
  const remote = ['checksum', 'keep-git-dir'].map((name) => ({
    name,
    value: state.expandOrKeep(flagValue(flags, name) ?? ''),
  }));
  const options = [
    { name: 'chown', value: ownerOf(owner) },
    { name: 'chmod', value: permissionsOf(permissions) },
    ...flagValues(flags, 'exclude').map((value) => ({ name: 'exclude', value })),
    { name: 'unpack', value: unpack ? 'true' : '' },
    ...remote,
  ];
  return options.flatMap(({ name, value }) => (value === '' ? [] : [fixedPart('option', name, value)]));
}

function heredocParts({ heredocs }: Instruction, state: StageState): readonly KeyPart[] {
  return heredocs.map(({ name, content, expand, chomp }) => {
    const text = chomp ? content.replaceAll(/^\t+/gm, '') : content;
    // Whatever `# escape` says, it is a backslash in here.
    return fixedPart('inline-content', name, expand ? (expandRaw(text, state.lookup, '\\') ?? text) : text);
  });
}

function isOn(flags: readonly Flag[], wanted: string): boolean {
  return flags.some(({ name, value }) => name === wanted && value !== 'false');
}

function flagValue(flags: readonly Flag[], wanted: string): string | null {
  return flags.findLast(({ name }) => name === wanted)?.value ?? null;
}

function flagValues(flags: readonly Flag[], wanted: string): readonly string[] {
  return flags.flatMap(({ name, value }) => (name === wanted && value !== null ? [value] : []));
}
