import type { Oddity } from '../warnings.ts';

/** Lines of a file, 1-based, both inclusive. */
export interface LineRange {
  readonly startLine: number;
  readonly endLine: number;
}

/** `--name=value`; null where there is no `=`. Quotes are gone, variables are not expanded. */
export interface Flag {
  readonly name: string;
  readonly value: string | null;
}

/** A here-document of RUN, COPY or ADD. `content` ends with a newline unless it is empty. */
export interface Heredoc {
  readonly name: string;
  readonly content: string;
  /** Variables are expanded in it: no part of its name is quoted. */
  readonly expand: boolean;
  /** `<<-`: leading tabs are taken off. */
  readonly chomp: boolean;
}

/** `NAME=value`, quotes and escapes still in it; null for an ARG without a default. */
export interface NameValue {
  readonly name: string;
  readonly value: string | null;
}

/** What follows the keyword and its flags. Nothing is expanded. */
export type Arguments =
  | { readonly form: 'exec'; readonly words: readonly string[] }
  | { readonly form: 'words'; readonly words: readonly string[] }
  | { readonly form: 'pairs'; readonly pairs: readonly NameValue[] }
  | { readonly form: 'text'; readonly text: string };

/** `# layerscope ignore=RULE,RULE reason`. */
export interface IgnoreComment {
  readonly rules: readonly string[];
  readonly reason: string | null;
  readonly line: number;
}

/** An instruction where it stands in the file. */
export interface Instruction extends LineRange {
  /** Upper case; whatever stands there, known to a builder or not. */
  readonly keyword: string;
  /** As written: all its lines, here-documents included. */
  readonly text: string;
  /** The one line that builders make of it: continuations joined, comments gone, here-documents not included. */
  readonly line: string;
  readonly flags: readonly Flag[];
  readonly arguments: Arguments;
  readonly heredocs: readonly Heredoc[];
  /** What ONBUILD keeps for later. */
  readonly trigger: Instruction | null;
  /** From the comments above it and between its lines. */
  readonly ignores: readonly IgnoreComment[];
}

/** Where a stage starts from: an earlier stage, nothing, or an image. */
export type StageBase =
  | { readonly kind: 'stage'; readonly index: number }
  | { readonly kind: 'scratch' }
  | { readonly kind: 'image'; readonly reference: string };

/** A stage, FROM included. */
export interface Stage extends LineRange {
  readonly index: number;
  /** As written after AS. */
  readonly name: string | null;
  /** What FROM names, as written. */
  readonly from: string;
  /** `--platform` as written. */
  readonly platform: string | null;
  readonly instructions: readonly Instruction[];
}

/** The directives in the first lines of the file (`# name=value`). */
export interface Directives {
  readonly escape: '\\' | '`';
  readonly syntax: string | null;
  readonly check: string | null;
}

/** A Dockerfile as it was understood. What could not be is in `oddities`; the rest is still there. */
export interface Dockerfile {
  /** As written, a line each, without their ends. */
  readonly lines: readonly string[];
  readonly directives: Directives;
  /** ARG before the first FROM. */
  readonly globalArgs: readonly Instruction[];
  readonly stages: readonly Stage[];
  readonly oddities: readonly Oddity[];
}
