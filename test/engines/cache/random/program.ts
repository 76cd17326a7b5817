import type { BaseName } from '../bases.ts';
import type { BuildState, ContextEntry } from '../cache-case.ts';

/** A line with its alternatives, `RUN true {1|2}`, and which of them are taken. */
export interface Line {
  readonly template: string;
  readonly picks: readonly number[];
}

/** How a stage ends: with a file `/out` that others may take. */
export type Ending =
  /** Always the same bytes, for the same word. */
  | { readonly kind: 'word'; readonly line: Line }
  /** Other bytes whenever it runs. */
  | { readonly kind: 'random'; readonly line: Line }
  /** A file of the context. */
  | { readonly kind: 'file'; readonly line: Line };

export interface ProgramStage {
  /** As in FROM; its own name is `s` and its number. */
  readonly from: string;
  readonly lines: readonly Line[];
  readonly ending: Ending;
}

/** A build that can be changed at random and written down. */
export interface Program {
  readonly stages: readonly ProgramStage[];
  readonly files: Readonly<Record<string, ContextEntry>>;
  readonly args: Readonly<Record<string, string>>;
  readonly target: string | null;
  readonly moving: BaseName;
}

const alternatives = /\{([^{}]*)\}/g;

/** How many choices each `{…|…}` of a template leaves. */
export function choicesOf(template: string): readonly number[] {
  return [...template.matchAll(alternatives)].map(([, inner = '']) => inner.split('|').length);
}

function writeLine({ template, picks }: Line): string {
  let at = 0;
  return template.replace(alternatives, (_, inner: string) => inner.split('|')[picks[at++] ?? 0] ?? '');
}

export function stateOf({ stages, files, args, target, moving }: Program): BuildState {
  const lines = stages.flatMap(({ from, lines: own, ending }, index) => [
    `FROM ${from} AS s${index}`,
    ...[...own, ending.line].map(writeLine),
  ]);
  return { dockerfile: `${lines.join('\n')}\n`, files, args, target, moving, secrets: {} };
}

/** What `/out` of a stage holds; null where it is something else whenever it is made. */
export function outputOf({ stages, files }: Program, stage: number): string | null {
  const ending = stages[stage]?.ending;
  switch (ending?.kind) {
    case 'word':
      return `word ${ending.line.picks[0]}`;
    case 'file':
      return JSON.stringify(files[`f${ending.line.picks[0]}`]).replace(/,"time":\d+/, '');
    case 'random':
    case undefined:
      return null;
  }
}
