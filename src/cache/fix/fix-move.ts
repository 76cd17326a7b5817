import type { DirectoryNode } from '../../context/context-tree.ts';
import type { Dockerfile, Instruction, Stage } from '../../dockerfile/dockerfile.ts';
import type { DockerfileBuilder } from '../../dockerfile/step-record.ts';
import type { ReadText } from '../../packages/install-step.ts';
import type { SourceLines } from './source-lines.ts';
import type { Words } from './words.ts';

/** What a move looks at: the files as they are after the moves before it. */
export interface FixSituation {
  readonly builder: DockerfileBuilder;
  readonly lines: SourceLines;
  readonly dockerfile: Dockerfile;
  readonly buildArgs: ReadonlyMap<string, string>;
  /** As the builder is sent it; null where there is none to look at. */
  readonly context: DirectoryNode | null;
  readonly textOf: ReadText;
}

/** A change that is known to be safe. */
export interface Proposal {
  /** Of the present Dockerfile. */
  readonly line: number;
  readonly message: Words;
  readonly change:
    | { readonly kind: 'dockerfile'; readonly lines: SourceLines }
    | { readonly kind: 'ignore'; readonly patterns: readonly string[] };
}

/** A change that is not made. */
export interface Refusal {
  /** Of the present Dockerfile. */
  readonly line: number;
  readonly reason: Words;
}

export type Verdict = { readonly proposal: Proposal } | { readonly refusal: Refusal };

/** One kind of change. */
export interface FixMove {
  /** The rule whose finding it mends. */
  readonly rule: string;
  readonly look: (situation: FixSituation) => readonly Verdict[];
}

export function propose(line: number, message: Words, lines: SourceLines): Verdict {
  return { proposal: { line, message, change: { kind: 'dockerfile', lines } } };
}

export function ignore(line: number, message: Words, patterns: readonly string[]): Verdict {
  return { proposal: { line, message, change: { kind: 'ignore', patterns } } };
}

export function refuse({ startLine }: Instruction, reason: Words): Verdict {
  return { refusal: { line: startLine, reason } };
}

/** The instructions of a stage without its FROM. */
export function ownInstructions({ instructions }: Stage): readonly Instruction[] {
  return instructions.slice(1);
}
