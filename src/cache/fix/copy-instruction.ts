import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { expandWord } from '../../dockerfile/expand.ts';
import { lookupIn, resolvePath, type StageState } from './stage-states.ts';

/** A COPY of files of the build context whose parts can all be told. */
export interface ContextCopy {
  readonly instruction: Instruction;
  /** In the context, clean; `''` is the context itself. None has a wildcard. */
  readonly sources: readonly string[];
  /** As written. */
  readonly destination: string;
  /** Where that is, absolute and clean. */
  readonly target: string;
  /** As written, `''` where there are none, else with a space at the end. */
  readonly flags: string;
}

/** Null for what is no such COPY: from a stage, with wildcards, here-documents, or text that cannot be expanded. */
export function contextCopy(instruction: Instruction, state: StageState, escape: '\\' | '`'): ContextCopy | null {
  const { keyword, flags, arguments: parsed, heredocs, line } = instruction;
  if (keyword !== 'COPY' || parsed.form !== 'words' || heredocs.length > 0 || parsed.words.length < 2) return null;
  if (flags.some(({ name }) => name === 'from')) return null;
  const words = parsed.words.map((word) => expandWord(word, lookupIn(state), escape));
  const known = words.filter((word) => word !== null);
  const last = known.at(-1);
  if (known.length !== words.length || last === undefined) return null;
  const target = resolvePath(state.workingDir, last);
  const sources = known.slice(0, -1);
  if (target === null || sources.some((source) => /[*?[\\]/.test(source))) return null;
  const written = line.trim().slice(keyword.length).trim().split(/\s+/).slice(0, flags.length).join(' ');
  // Flags with quotes may hold spaces.
  if (/["'\\]/.test(written)) return null;
  const prefix = written === '' ? '' : `${written} `;
  return {
    instruction,
    sources: sources.map(cleanSource),
    destination: parsed.words.at(-1) ?? '',
    target,
    flags: prefix,
  };
}

/** A source cannot leave the context: `..` at its top stays there. */
function cleanSource(source: string): string {
  const parts: string[] = [];
  for (const part of source.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
