import type { KeyedStep } from '../../cache/keyed-step.ts';
import { type StepCost, unknownCost } from '../../cache/step-costs.ts';
import { type DirectoryNode, nodeAt } from '../../context/context-tree.ts';
import { needsOnly } from '../../packages/needs-only.ts';
import { recognizeInstalls } from '../../packages/recognize-installs.ts';
import type { CacheRule, CacheRuleFinding, CacheRuleInput, KeyedBuild } from './cache-rule.ts';
import { copiedPlaces, takesContext } from './copied-places.ts';
import { timesCost } from './cost-per-commit.ts';
import { isIndifferent } from './indifferent-commands.ts';
import { installPlace, joinPath, variablesAt } from './install-place.ts';
import { locationOf, placeOf } from './place.ts';
import { runScript } from './run-commands.ts';
import { workingDirectories } from './working-directories.ts';

/** A COPY of much before an install that reads little of it: whatever changes, all packages are installed again. */
export const broadCopy: CacheRule = {
  name: 'broad-copy',
  check: (input) =>
    input.steps.flatMap((_, at) => {
      const found = broadCopyBefore(at, input);
      return found === null || isSpared(found, input) ? [] : [findingFor(found, input)];
    }),
};

/** A RUN that installs, and the COPY before it that brought more than that reads. */
interface BroadCopy {
  readonly copy: KeyedStep;
  readonly run: KeyedStep;
  readonly managers: readonly string[];
  /** In the context: all that the RUN reads; null where that is not shown, and then why. */
  readonly sources: readonly string[] | null;
  readonly obstacle: string | null;
  /** No other RUN stands between the two. */
  readonly follows: boolean;
}

function broadCopyBefore(at: number, input: CacheRuleInput): BroadCopy | null {
  const { steps, inputs, textOf } = input;
  const run = steps[at];
  const script = run?.command.keyword === 'RUN' ? runScript(run.command) : null;
  const installs = script === null ? [] : recognizeInstalls(script);
  if (run === undefined || installs.length === 0 || inputs.context === null) return null;
  const onlyInstalls = isIndifferent(run.command);
  const readsManifests = installs.some(({ manifests }) => manifests.length > 0);
  // Packages of the distribution, and then something that may need what was copied.
  if (!onlyInstalls && !readsManifests) return null;
  const found = readsManifests ? copiedToInstall(input, at, inputs.context) : copiedBesideSystem(input, at);
  if (found === null) return null;
  const { copy, root } = found;
  const place = installPlace(root, inputs.context, textOf, variablesAt(steps, at));
  const needs = installs.map((install) => needsOnly(install, place));
  const sources = [...new Set(needs.flatMap((each) => (each.safe ? each.sources : [])))];
  const reasons = needs.flatMap((each) => (each.safe ? [] : [each.reason]));
  const between = runsBetween(steps, copy, run);
  const unclear = between.find(({ command }) => !isIndifferent(command));
  if (unclear !== undefined)
    reasons.push(`line ${unclear.instruction.startLine} runs in between, and may make what is read`);
  // Moved above the COPY, it would be moved above these, too, which may be what it needs.
  if (!readsManifests && between.length > 0) return null;
  if (!onlyInstalls) reasons.push('the same RUN does more than that, and would have to be split');
  if (sources.length > 0 && reasons.length === 0 && isAllThereIs(sources, nodeAt(inputs.context, root))) return null;
  return {
    copy,
    run,
    managers: [...new Set(installs.map(({ manager }) => manager))],
    sources: reasons.length === 0 ? sources.map((source) => joinPath(root, source)) : null,
    obstacle: reasons[0] ?? null,
    follows: between.length === 0,
  };
}

function runsBetween(steps: readonly KeyedStep[], copy: KeyedStep, run: KeyedStep): readonly KeyedStep[] {
  return steps
    .slice(steps.indexOf(copy) + 1, steps.indexOf(run))
    .filter(({ command, stage }) => command.keyword === 'RUN' && stage.index === run.stage.index);
}

interface CopiedDirectory {
  readonly copy: KeyedStep;
  /** In the context. */
  readonly root: string;
}

/** The first COPY before an install that put a directory of the context where it runs, and what of it is there. */
function copiedToInstall(input: KeyedBuild, at: number, context: DirectoryNode): CopiedDirectory | null {
  const directory = workingDirectories(input)[at] ?? '/';
  for (const { step, destination, path } of directoriesCopiedBefore(input, at)) {
    if (directory !== destination && !directory.startsWith(destination === '/' ? '/' : `${destination}/`)) continue;
    const root = joinPath(path, directory.slice(destination.length));
    if (nodeAt(context, root)?.kind === 'directory') return { copy: step, root };
  }
  return null;
}

/** The first COPY of a directory before a step, unless it may bring settings of the distribution's package manager. */
function copiedBesideSystem(input: KeyedBuild, at: number): CopiedDirectory | null {
  const all = directoriesCopiedBefore(input, at);
  const [first] = all;
  const mayBringSettings = all.some(
    ({ destination, names }) =>
      /^\/(?:etc|usr|var)(?:\/|$)/.test(destination) || names.some((name) => /^(?:etc|usr|var)$/.test(name)),
  );
  return first === undefined || mayBringSettings ? null : { copy: first.step, root: first.path };
}

interface DirectoryCopy {
  readonly step: KeyedStep;
  readonly destination: string;
  /** In the context. */
  readonly path: string;
  /** Of what is in it. */
  readonly names: readonly string[];
}

function directoriesCopiedBefore(input: KeyedBuild, at: number): readonly DirectoryCopy[] {
  const { steps } = input;
  const run = steps[at];
  if (run === undefined) return [];
  return copiedPlaces(input, run.stage.index).flatMap(({ step, destination }): DirectoryCopy[] => {
    const [first, ...more] = step.parts.flatMap(({ kind, selected }) => (kind === 'content' ? selected : []));
    if (steps.indexOf(step) > at || !takesContext(step) || first?.node.kind !== 'directory' || more.length > 0)
      return [];
    return [{ step, destination, path: first.path, names: [...first.node.children.keys()] }];
  });
}

function isAllThereIs(sources: readonly string[], node: ReturnType<typeof nodeAt>): boolean {
  const names = node?.kind === 'directory' ? [...node.children.keys()] : [];
  return names.every((name) => sources.includes(name));
}

function findingFor(found: BroadCopy, input: CacheRuleInput): CacheRuleFinding {
  const { copy, run, managers, sources } = found;
  const what = managers.join(' and ');
  const reads =
    sources === null
      ? 'what its manifests list'
      : sources.length === 0
        ? 'nothing of it'
        : `only ${sources.join(', ')}`;
  return {
    severity: sources === null ? 'info' : 'warning',
    message: `${placeOf(copy.instruction)} comes before ${placeOf(run.instruction)}, where ${what} installs ${sources === null ? reads : `and reads ${reads}`}: any change of what is copied installs everything again.`,
    help: adviceFor(found),
    location: locationOf(copy.instruction),
    ...savedCost(found, input),
    fix: found.follows && sources !== null ? linesFor(found, sources) : null,
  };
}

function adviceFor({ copy, run, sources, obstacle }: BroadCopy): string {
  const { startLine } = run.instruction;
  if (sources === null)
    return `Copy its manifests alone before line ${startLine}, and the rest after it. That this is safe is not shown: ${obstacle}.`;
  if (sources.length === 0) return `Move line ${startLine} above line ${copy.instruction.startLine}.`;
  return `Copy these before line ${startLine}, and the rest after it.`;
}

/** Null where the sources do not all lie in one directory, and so one COPY does not put them where they were. */
function linesFor({ copy, run }: BroadCopy, sources: readonly string[]): string | null {
  const after = `${run.instruction.text}\n${copy.instruction.text}`;
  if (sources.length === 0) return after;
  return sources.some((source) => source.includes('/')) ? null : `COPY ${sources.join(' ')} ./\n${after}`;
}

/** Whether the commits of a history would have installed as often, had only the manifests been copied. */
function isSpared(found: BroadCopy, { replay }: CacheRuleInput): boolean {
  return replay !== null && sparedRuns(found, replay) <= 0;
}

/** At least so many of the re-runs were for nothing: those where the chain broke at the COPY, less changes of manifests. */
function sparedRuns({ copy, sources }: BroadCopy, { lines, churn }: NonNullable<CacheRuleInput['replay']>): number {
  const line = lines.find(({ step }) => step.instruction.startLine === copy.instruction.startLine);
  const needed = (sources ?? []).reduce((sum, source) => sum + (churn.get(source) ?? 0), 0);
  return (line?.firstMisses ?? 0) - needed;
}

function savedCost(found: BroadCopy, { replay, costs }: CacheRuleInput): StepCost {
  if (replay === null || found.sources === null || replay.commits.length === 0) return unknownCost;
  const cost = costs.get(found.run.instruction.startLine) ?? unknownCost;
  return timesCost(cost, sparedRuns(found, replay) / replay.commits.length);
}
