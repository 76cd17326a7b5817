import type { Argv } from 'yargs';
import {
  diveDefaults,
  type DiveRuleName,
  diveRuleNames,
  type DiveRules,
  parseDiveThreshold,
} from '../budgets/dive-rules.ts';
import { type FailOn, failureLevels } from '../budgets/verdict.ts';
import type { BaselineWish } from '../config/config.ts';
import { problem } from '../errors.ts';
import { parseReference } from '../image/reference.ts';
import type { ImageArguments } from './options.ts';

/** What is said instead of the configuration. What is undefined, that says. */
export interface TermsArguments extends Readonly<Record<DiveRuleName, string | undefined>> {
  readonly baseline: string | undefined;
  readonly 'fail-on': FailOn | undefined;
}

/** Options of the gate. */
export interface GateArguments extends TermsArguments {
  readonly 'exit-zero': boolean;
}

export function gateOptions<T>(yargs: Argv<T>): Argv<T & GateArguments> {
  return termsOptions(yargs).option('exit-zero', {
    type: 'boolean',
    default: false,
    describe: 'exit 0 though something failed; what could not be judged stays 2',
  });
}

export function termsOptions<T>(yargs: Argv<T>): Argv<T & TermsArguments> {
  return yargs
    .option('baseline', {
      type: 'string',
      requiresArg: true,
      describe: "IMAGE or REPORT.json to compare with; default: the configuration's",
    })
    .option('fail-on', {
      choices: failureLevels,
      requiresArg: true,
      describe: "from which severity on findings fail; default: the configuration's, else error",
    })
    .option('lowestEfficiency', { type: 'string', requiresArg: true, describe: "dive's: 0 to 1, or disabled" })
    .option('highestWastedBytes', { type: 'string', requiresArg: true, describe: "dive's: bytes, 20MB, or disabled" })
    .option('highestUserWastedPercent', { type: 'string', requiresArg: true, describe: "dive's: 0 to 1, or disabled" });
}

/** The baseline of the command line; null where there is none. @throws LayerscopeError `usage` */
export function requestedBaseline(
  args: Pick<TermsArguments, 'baseline'> & Partial<Pick<ImageArguments, 'image' | 'password-stdin'>>,
): BaselineWish | null {
  const { baseline } = args;
  if (baseline === undefined) return null;
  if (baseline === '') throw problem('usage', { message: '--baseline: the image or the report is missing.' });
  if (baseline.endsWith('.json')) return { from: 'report', reference: baseline };
  if (parseReference(baseline).from === 'stdin') {
    const { image } = args;
    const taken = image !== undefined && parseReference(image).from === 'stdin' ? 'image' : 'password';
    if (taken === 'image' || args['password-stdin'])
      throw problem('usage', { message: `--baseline ${baseline}: standard input is the ${taken} already.` });
  }
  return { from: 'image', reference: baseline };
}

/**
 * dive's rules: those of its file, if there is one, with what the command line says. Null where neither says anything.
 * @throws LayerscopeError `usage`
 */
export function requestedDiveRules(args: TermsArguments, configured: DiveRules | null): DiveRules | null {
  const given = diveRuleNames.filter((name) => args[name] !== undefined);
  if (given.length === 0) return configured;
  const rules = { ...(configured ?? diveDefaults) };
  for (const name of given) {
    const threshold = parseDiveThreshold(name, args[name]);
    if (threshold.kind === 'misconfigured')
      throw problem('usage', { message: `--${name} ${threshold.text}: ${threshold.reason}.` });
    rules[name] = threshold;
  }
  return rules;
}
