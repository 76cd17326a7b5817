import type { Instruction } from '../dockerfile.ts';
import { splitCommand } from '../split-command.ts';
import type { BuildState, ExpandedPair } from './build-state.ts';
import type { ExpectedRecord } from './expected-record.ts';

/**
 * The instructions that make no layer. They matter as fixed points between those that do, so what they would look like
 * is told only where that is simple: an empty list lets any step of the keyword pass.
 */
export function metadataRecords(instruction: Instruction, state: BuildState): readonly ExpectedRecord[] {
  const effect = texts(instruction, state);
  const written = splitCommand(instruction.line).afterKeyword;
  const kept = state.builder === 'buildah' || state.builder === 'kaniko' ? [written] : effect;
  // buildah lists the names of all arguments so far, whatever the line says; 1.43 those of parent stages, too.
  const own = state.builder === 'buildah' && instruction.keyword === 'ARG' ? argNames(state) : kept;
  return own.map((text) => ({ record: { kind: 'text', keyword: instruction.keyword, text }, exact: true }));
}

function argNames(state: BuildState): string[] {
  return [...new Set([state.argNames, state.allArgNames].map((names) => [...names].sort().join(' ')))];
}

function texts({ keyword, arguments: parsed, line }: Instruction, state: BuildState): string[] {
  const pairs = parsed.form === 'pairs' ? parsed.pairs : [];
  switch (keyword) {
    case 'ENV':
      return joined(state.setEnvironment(pairs));
    case 'LABEL':
      return joined(
        pairs.map(({ name, value }) => ({ name: state.expand(name) ?? name, value: state.expand(value ?? '') })),
      );
    case 'ARG': {
      const { given, defaults } = state.declare(pairs);
      return [...new Set([...joined(given), ...joined(defaults)])];
    }
    case 'SHELL':
      if (parsed.form !== 'exec') return [];
      state.shell = parsed.words;
      return [`[${parsed.words.join(' ')}]`];
    case 'USER':
    case 'STOPSIGNAL': {
      const value = state.expand(splitCommand(line).afterKeyword);
      return value === null ? [] : [value];
    }
    case 'MAINTAINER':
      return [splitCommand(line).afterKeyword];
    case 'ENTRYPOINT':
    case 'CMD': {
      const words = parsed.form === 'exec' ? parsed.words : [...state.shell, parsed.form === 'text' ? parsed.text : ''];
      return [`[${words.map((word) => JSON.stringify(word)).join(' ')}]`];
    }
    default:
      return [];
  }
}

/** `A=1 B`, unquoted; nothing where a value cannot be told. */
function joined(pairs: readonly ExpandedPair[]): string[] {
  if (pairs.some(({ value }) => value === null)) return [];
  return [pairs.map(({ name, value }) => (value === undefined ? name : `${name}=${value ?? ''}`)).join(' ')];
}
