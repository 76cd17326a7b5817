import type { ContextNode } from '../context/context-tree.ts';
import type { Instruction, Stage } from '../dockerfile/dockerfile.ts';

export type PartKind =
  /** FROM: the image. */
  | 'base'
  | 'platform'
  /** What is run, or the instruction's text where a builder compares that. */
  | 'command'
  | 'environment'
  | 'argument'
  | 'working-directory'
  | 'user'
  | 'shell'
  | 'mount'
  | 'destination'
  /** Any other flag: --chown, --chmod, --network. */
  | 'option'
  /** SOURCE_DATE_EPOCH. */
  | 'timestamp'
  /** A URL or a repository. */
  | 'remote'
  /** Text of the Dockerfile that becomes a file (a here-document of COPY). */
  | 'inline-content'
  /** Files of the build context. */
  | 'content'
  /** Files of another stage. */
  | 'stage-content'
  /** Files of another image. */
  | 'image-content';

/** A source in the build context, and what stands there. */
export interface SelectedNode {
  /** In the context, without a leading slash; `''` is the context itself. */
  readonly path: string;
  readonly node: ContextNode;
}

/** One of the things that a step's key is made of, in a form that people can read. */
export interface KeyPart {
  readonly kind: PartKind;
  /**
   * Whose: a variable's name, a source as written, a mount's target; `''` where the kind says it all. Of content it is for
   * people alone: how much of a source's name counts differs by builder, and is in the value.
   */
  readonly name: string;
  /** Same string, same part. */
  readonly value: string;
  /** Of `content`: what was selected; else empty. */
  readonly selected: readonly SelectedNode[];
  /** Of `stage-content`: the step whose result the files are taken from, by its index; else null. */
  readonly from: number | null;
}

/**
 * What a step does for the cache: `step`, it has a key and a result; `state`, it changes what later keys are made of and
 * has no result of its own; `nothing`, no key is ever made of it.
 */
export type StepRole = 'step' | 'state' | 'nothing';

/** A step of a build with what its cache key is made of. */
export interface KeyedStep {
  readonly stage: Stage;
  /** Where it stands: for a trigger, its ONBUILD. */
  readonly instruction: Instruction;
  /** What is done: the instruction, or what its ONBUILD keeps. */
  readonly command: Instruction;
  readonly role: StepRole;
  /** Without the parent. */
  readonly parts: readonly KeyPart[];
  /**
   * The steps whose miss is a miss of this one, by their indexes, nearest first: none for FROM an image and COPY --link;
   * several after COPY --link, for then both what was copied and what was there before have to be known.
   */
  readonly parents: readonly number[];
  /** A builder that has a result under this key takes it. Empty where it never finds one, and runs the step in every build. */
  readonly key: string;
  /** The key if everything taken from other stages by its content turns out to be as it was. */
  readonly hopefulKey: string;
}
