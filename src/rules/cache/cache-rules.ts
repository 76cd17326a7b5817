import type { Severity } from '../rule.ts';
import { instructionAt } from '../layer-steps.ts';
import type { CacheRule, CacheRuleFinding, CacheRuleInput } from './cache-rule.ts';
import { linkLost } from './link-lost.ts';
import { metadataBreaksChain } from './metadata-breaks-chain.ts';
import { remoteAdd } from './remote-add.ts';
import { unpinnedBase } from './unpinned-base.ts';
import { volatileArg } from './volatile-arg.ts';
import { workdirEpoch } from './workdir-epoch.ts';

/** Every rule about the build cache there is. */
const rules: readonly CacheRule[] = [linkLost, metadataBreaksChain, remoteAdd, unpinnedBase, volatileArg, workdirEpoch];

export interface CacheFinding extends CacheRuleFinding {
  readonly rule: string;
}

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * Runs every rule but on lines that silence it (`# layerscope ignore=RULE reason`): errors first, then what costs most
 * bytes, then most time.
 */
export function checkCacheRules(input: CacheRuleInput): CacheFinding[] {
  const findings = rules.flatMap(({ name, check }) => check(input).map((finding) => ({ rule: name, ...finding })));
  return findings
    .filter(({ rule, location }) => {
      const ignores = instructionAt(input.inputs.dockerfile, location.startLine)?.ignores ?? [];
      return !ignores.some((comment) => comment.rules.includes(rule));
    })
    .sort(
      (a, b) =>
        order[a.severity] - order[b.severity] ||
        (b.bytes ?? -1) - (a.bytes ?? -1) ||
        (b.seconds ?? -1) - (a.seconds ?? -1) ||
        a.location.startLine - b.location.startLine ||
        (a.rule < b.rule ? -1 : 1),
    );
}
