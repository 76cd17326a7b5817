import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { Oddity } from '../../warnings.ts';
import type { StepCost } from '../../cache/step-costs.ts';
import { severityOrder } from '../rule.ts';
import { instructionAt } from '../layer-steps.ts';
import { type RuleSettings, runRules } from '../rule-settings.ts';
import type { CacheRule, CacheRuleFinding, CacheRuleInput } from './cache-rule.ts';
import { broadCopy } from './broad-copy.ts';
import { cacheMount } from './cache-mount.ts';
import { contextChurn } from './context-churn.ts';
import { copyFromBroad } from './copy-from-broad.ts';
import { linkLost } from './link-lost.ts';
import { metadataBreaksChain } from './metadata-breaks-chain.ts';
import { modeOnlyMiss } from './mode-only-miss.ts';
import { parallelStages } from './parallel-stages.ts';
import { remoteAdd } from './remote-add.ts';
import { splitUpdate } from './split-update.ts';
import { unpinnedBase } from './unpinned-base.ts';
import { volatileArg } from './volatile-arg.ts';
import { workdirEpoch } from './workdir-epoch.ts';

/** Every rule about the build cache there is. */
export const cacheRules: readonly CacheRule[] = [
  broadCopy,
  cacheMount,
  contextChurn,
  copyFromBroad,
  linkLost,
  metadataBreaksChain,
  modeOnlyMiss,
  parallelStages,
  remoteAdd,
  splitUpdate,
  unpinnedBase,
  volatileArg,
  workdirEpoch,
];

export interface CacheFinding extends CacheRuleFinding {
  readonly rule: string;
}

/** Ten times what people write; rules take time in the square of it. */
const mostSteps = 1024;

/** A warning where a build has more steps than rules look at. */
export function uncheckedSteps({ length }: readonly KeyedStep[]): readonly Oddity[] {
  return length > mostSteps ? [{ code: 'dockerfile-too-long', count: 1, example: `${length} steps` }] : [];
}

/**
 * Runs every rule, as it is set, but on lines that silence it (`# layerscope ignore=RULE reason`): errors first, then what costs most
 * bytes, then most time.
 */
export function checkCacheRules(input: CacheRuleInput, settings: RuleSettings = new Map()): CacheFinding[] {
  if (input.steps.length > mostSteps) return [];
  return runRules(cacheRules, input, settings)
    .map((finding): CacheFinding => ({ ...finding, ...rounded(finding) }))
    .filter(({ rule, location }) => {
      const ignores = instructionAt(input.inputs.dockerfile, location.startLine)?.ignores ?? [];
      return !ignores.some((comment) => comment.rules.includes(rule));
    })
    .sort(
      (a, b) =>
        severityOrder[a.severity] - severityOrder[b.severity] ||
        (b.bytes ?? -1) - (a.bytes ?? -1) ||
        (b.seconds ?? -1) - (a.seconds ?? -1) ||
        a.location.startLine - b.location.startLine ||
        (a.rule < b.rule ? -1 : 1),
    );
}

/** Means are fractions; nobody wants more than bytes and milliseconds of them. */
function rounded({ bytes, seconds }: CacheRuleFinding): StepCost {
  return {
    bytes: bytes === null ? null : Math.round(bytes),
    seconds: seconds === null ? null : Math.round(seconds * 1000) / 1000,
  };
}
