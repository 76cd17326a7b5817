import type { Budget } from '../budgets/budget.ts';
import type { DiveRules } from '../budgets/dive-rules.ts';
import type { FailOn } from '../budgets/verdict.ts';
import type { PathGlob } from '../globs/path-glob.ts';
import type { RuleSettings } from '../rules/rule-settings.ts';
import type { KeyOverrides } from '../tui/keys/bindings.ts';
import type { ThemeName } from '../tui/theme.ts';

/** What a configuration file says (docs/schema/config.v1.json), with the defaults where it says nothing. */
export interface Config {
  readonly budgets: readonly Budget[];
  /** Paths that are left out of waste. */
  readonly ignore: readonly PathGlob[];
  readonly rules: RuleSettings;
  readonly baseline: BaselineWish | null;
  readonly failOn: FailOn;
  /** Of a `.dive-ci`; null where that is not what counts. */
  readonly dive: DiveRules | null;
  readonly tui: TuiConfig;
}

/** What an image is to be compared with. */
export interface BaselineWish {
  /** `image`: a file that turns out to be a saved report will do, too. */
  readonly from: 'image' | 'report';
  /** As on the command line: a path is relative to the working directory. */
  readonly reference: string;
}

export interface TuiConfig {
  /** Without conflicts. */
  readonly keys: KeyOverrides;
  readonly theme: ThemeName;
  readonly mouse: boolean;
}

export const defaultConfig: Config = {
  budgets: [],
  ignore: [],
  rules: new Map(),
  baseline: null,
  failOn: 'error',
  dive: null,
  tui: { keys: {}, theme: 'auto', mouse: true },
};
