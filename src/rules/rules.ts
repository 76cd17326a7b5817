import { buildLeftovers } from './build-leftovers.ts';
import { contextLeftovers } from './context-leftovers.ts';
import { deletedLater } from './deleted-later.ts';
import { duplicateContent } from './duplicate-content.ts';
import { packageCache } from './package-cache.ts';
import { recursiveMetadata } from './recursive-metadata.ts';
import { type Rule, type RuleFinding, type RuleInput, severityOrder } from './rule.ts';
import { type RuleSettings, runRules } from './rule-settings.ts';
import { secretFile } from './secret-file.ts';

/** Every rule there is. */
export const rules: readonly Rule[] = [
  secretFile,
  deletedLater,
  recursiveMetadata,
  packageCache,
  contextLeftovers,
  duplicateContent,
  buildLeftovers,
];

export interface Finding extends RuleFinding {
  readonly rule: string;
}

/** Runs every rule, as it is set: errors first, then what saves most. */
export function checkRules(input: RuleInput, settings: RuleSettings = new Map()): Finding[] {
  return runRules(rules, input, settings).sort(
    (a, b) =>
      severityOrder[a.severity] - severityOrder[b.severity] ||
      b.bytes - a.bytes ||
      (a.layer ?? -1) - (b.layer ?? -1) ||
      (a.rule < b.rule ? -1 : 1),
  );
}
