import type { BuildInputs } from '../../cache/build-inputs.ts';
import type { CacheModel } from '../../cache/cache-model.ts';
import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { Replay } from '../../cache/replay/replay.ts';
import type { StepCosts } from '../../cache/step-costs.ts';
import type { LineRange } from '../../dockerfile/dockerfile.ts';
import type { ReadText } from '../../packages/install-step.ts';
import type { Severity } from '../rule.ts';
import type { RuleName } from '../rule-names.ts';

/** What cache rules look at. All but the Dockerfile may be unknown. */
export interface CacheRuleInput {
  /** The builder's: what a rule supposes, it asks this of. */
  readonly model: CacheModel;
  readonly inputs: BuildInputs;
  /** Of `inputs`, by `model`. */
  readonly steps: readonly KeyedStep[];
  readonly textOf: ReadText;
  /** Null without a repository. */
  readonly replay: Replay | null;
  /** The same history with more lines in the ignore file; null without a repository. */
  readonly replayIgnoring: ((lines: readonly string[]) => Replay) | null;
  readonly costs: StepCosts;
}

/** A build and its steps. */
export type KeyedBuild = Pick<CacheRuleInput, 'inputs' | 'steps'>;

/** Something to change, with what it costs. Texts are plain and not sanitised. */
export interface CacheRuleFinding {
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  /** Where in the Dockerfile. */
  readonly location: LineRange;
  /** What it costs per commit: rate times what re-runs; null where either is not known. */
  readonly bytes: number | null;
  readonly seconds: number | null;
  /** Lines to put in place, where they can be told. */
  readonly fix: string | null;
}

/** A rule: its name is its file's, its test's and its page's (docs/rules). */
export interface CacheRule {
  readonly name: RuleName;
  readonly check: (input: CacheRuleInput) => CacheRuleFinding[];
}
