import type { IgnoredTree } from '../../context/ignored-tree.ts';
import type { SourceSelector } from '../../context/select-source.ts';
import type { Instruction, Stage } from '../../dockerfile/dockerfile.ts';
import type { KeyPart, PartKind, StepRole } from '../keyed-step.ts';

/** Files of the build context, which are looked up anew for every context. */
export interface ContextFiles {
  readonly kind: 'context-files';
  /** As written. */
  readonly name: string;
  /** What of the source's name is in the key. */
  readonly label: string;
  /** Cleaned. */
  readonly source: string;
  /** Of a source with wildcards: what finds its matches. In a mount's source they mean nothing. */
  readonly pattern: ContextPattern | null;
  /** Of `--exclude` and `--parents`. */
  readonly filter: IgnoredTree | null;
}

export interface ContextPattern {
  readonly selector: SourceSelector;
  /** Of the part of a match's name that does not count: the directory before the first wildcard. */
  readonly uncounted: number;
}

/** Where files are taken from by their content: a step's result, or an image. */
export type Origin =
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'image'; readonly key: string }
  /** A stage that is empty. */
  | { readonly kind: 'nothing' };

/** Files of a stage or an image: a builder that has the origin's key need not look at them. */
export interface TakenFiles {
  readonly origin: Origin;
  /** In the origin. */
  readonly path: string;
}

/** A step as far as it is known without the context. */
export interface PlannedStep {
  readonly stage: Stage;
  readonly instruction: Instruction;
  readonly command: Instruction;
  readonly role: StepRole;
  readonly parts: readonly (KeyPart | ContextFiles)[];
  /** Of the parts that no context changes: a RUN has its whole environment in them. */
  readonly fixedKey: string;
  readonly taken: readonly TakenFiles[];
  /** The step whose result this one starts from; null for nothing. */
  readonly base: number | null;
  /** `merged`: the step is carried out on nothing, and what it makes is then laid over the base (COPY --link). */
  readonly result: 'own' | 'merged';
}

/** A part that selects nothing. */
export function fixedPart(kind: PartKind, name: string, value: string): KeyPart {
  return { kind, name, value, selected: [], from: null };
}

/** The part of files of another stage or image: what counts besides their content. */
export function takenPart(origin: Origin, name: string, label: string): KeyPart {
  const kind = origin.kind === 'image' ? 'image-content' : 'stage-content';
  return { kind, name, value: label, selected: [], from: origin.kind === 'step' ? origin.step : null };
}
