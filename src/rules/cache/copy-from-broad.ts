import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { Stage } from '../../dockerfile/dockerfile.ts';
import { stageBase } from '../../dockerfile/stages.ts';
import { unknownCost } from '../../cache/step-costs.ts';
import type { CacheRule, CacheRuleFinding, CacheRuleInput, KeyedBuild } from './cache-rule.ts';
import { copiedPlaces, takesContext } from './copied-places.ts';
import { rateOf, timesCost } from './cost-per-commit.ts';
import { locationOf, placeOf } from './place.ts';
import { runCommands } from './run-commands.ts';

/** Compilers: what they make runs without its sources. */
const compilers =
  /^(?:go (?:build|install)|cargo (?:build|install)|dotnet publish|swift build|zig build|gcc|g\+\+|clang)(?: |$)/;

/** A COPY from a stage that takes the sources along with what was compiled from them. */
export const copyFromBroad: CacheRule = {
  name: 'copy-from-broad',
  check: (input) => input.steps.flatMap((step) => check(step, input)),
};

function check(step: KeyedStep, input: CacheRuleInput): CacheRuleFinding[] {
  const { inputs, replay, costs } = input;
  const { command, instruction } = step;
  const from = command.flags.find(({ name }) => name === 'from')?.value ?? null;
  const { arguments: parsed } = command;
  if (command.keyword !== 'COPY' || from === null || parsed.form === 'pairs' || parsed.form === 'text') return [];
  const stage = /^\d+$/.test(from) ? inputs.dockerfile.stages[Number(from)] : stageNamed(from, step.stage, input);
  const source = parsed.words[0] ?? '';
  if (stage === undefined || !source.startsWith('/') || source.includes('$')) return [];
  const directory = source.replace(/\/+$/, '') || '/';
  const copied = sourcesCompiledIn(stage, input);
  if (copied === null || !(copied.directory === directory || isBelow(copied.directory, directory))) return [];
  const cost = costs.get(instruction.startLine) ?? unknownCost;
  return [
    {
      severity: 'info',
      message: `${placeOf(instruction)} takes all of ${directory}, the sources that ${placeOf(copied.by.instruction)} put there included: it re-runs when any of them changes, even if what is built stays the same.`,
      help: 'Copy only what was built, and what it reads when it runs.',
      location: locationOf(instruction),
      ...(replay === null ? unknownCost : timesCost(cost, rateOf(step, replay))),
      fix: null,
    },
  ];
}

function stageNamed(name: string, stage: Stage, { inputs: { dockerfile } }: CacheRuleInput): Stage | undefined {
  const base = stageBase(dockerfile, stage, name);
  return base.kind === 'stage' ? dockerfile.stages[base.index] : undefined;
}

/** Where a stage puts the whole build context before it compiles; null if it does not. */
function sourcesCompiledIn(stage: Stage, input: KeyedBuild): { directory: string; by: KeyedStep } | null {
  const compiles = input.steps.findLast(
    ({ stage: { index }, command }) =>
      index === stage.index &&
      command.keyword === 'RUN' &&
      (runCommands(command) ?? []).some(({ words }) => compilers.test(words.join(' '))),
  );
  if (compiles === undefined) return null;
  const place = copiedPlaces(input, stage.index).find(
    ({ step, sources }) =>
      takesContext(step) &&
      step.instruction.startLine < compiles.instruction.startLine &&
      sources.some((source) => /^\.?\/?$/.test(source)),
  );
  return place === undefined ? null : { directory: place.destination, by: place.step };
}

function isBelow(path: string, directory: string): boolean {
  return path.startsWith(directory === '/' ? '/' : `${directory}/`);
}
