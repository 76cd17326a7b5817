import type { Severity } from './rule.ts';
import type { RuleName } from './rule-names.ts';

/** How much a rule matters: what its findings are, whatever it says itself, or that it is not asked at all. */
export const ruleLevels = ['off', 'info', 'warning', 'error'] as const satisfies readonly (Severity | 'off')[];
export type RuleLevel = (typeof ruleLevels)[number];

/** By rule; a rule that is not in it is as it is. */
export type RuleSettings = ReadonlyMap<RuleName, RuleLevel>;

interface AnyRule<Input, Finding> {
  readonly name: RuleName;
  readonly check: (input: Input) => readonly Finding[];
}

/** The rules that are not off. */
export function askedRules(rules: readonly Pick<AnyRule<never, never>, 'name'>[], settings: RuleSettings): RuleName[] {
  return rules.map(({ name }) => name).filter((name) => settings.get(name) !== 'off');
}

/** Runs rules as they are set, one after the other. */
export function runRules<Input, Finding extends { readonly severity: Severity }>(
  rules: readonly AnyRule<Input, Finding>[],
  input: Input,
  settings: RuleSettings,
): (Finding & { readonly rule: string })[] {
  return rules.flatMap(({ name, check }) => {
    const level = settings.get(name);
    if (level === 'off') return [];
    return check(input).map((finding) => ({ rule: name, ...finding, severity: level ?? finding.severity }));
  });
}
