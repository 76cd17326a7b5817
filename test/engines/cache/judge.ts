import type { BaseImage } from '../../../src/cache/build-inputs.ts';
import type { CacheModel } from '../../../src/cache/cache-model.ts';
import { CacheRecords, type StepStatus } from '../../../src/cache/cache-records.ts';
import type { KeyedStep } from '../../../src/cache/keyed-step.ts';
import type { Dockerfile } from '../../../src/dockerfile/dockerfile.ts';
import { expandWord } from '../../../src/dockerfile/expand.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { globalValues } from '../../../src/dockerfile/record/global-args.ts';
import { stageBase } from '../../../src/dockerfile/stages.ts';
import type { BuildState, TruthBuilder } from './cache-case.ts';
import { sentTree, wholeTree } from './context.ts';
import { type OutputOf, realKeys } from './real-keys.ts';
import type { ReportedStep } from './reported-step.ts';
import type { Course } from './run-states.ts';

/** A step as the model sees it and as the builder told it; null where one of them knows nothing of it. */
export interface JudgedStep {
  readonly line: number | null;
  readonly text: string;
  readonly model: StepStatus | null;
  readonly builder: 'cached' | 'ran' | null;
  readonly agrees: boolean;
}

export interface JudgeOptions {
  readonly model: CacheModel;
  readonly basesFor: (state: BuildState) => ReadonlyMap<string, BaseImage>;
  /** What each stage of a state yields. */
  readonly outputOf: (state: BuildState) => OutputOf;
}

/** Compares what the model says of each build of a course with what the builder said. */
export function judgeCourse(
  { builder, states }: Course,
  said: readonly (readonly ReportedStep[])[],
  { model, basesFor, outputOf }: JudgeOptions,
): readonly (readonly JudgedStep[])[] {
  const records = new CacheRecords();
  const made = new Set<string>();
  return states.map((state, index) => {
    const dockerfile = parseDockerfile(state.dockerfile);
    const buildArgs = new Map(Object.entries(state.args));
    const wholeContext = wholeTree(state);
    const context = sentTree(wholeContext, builder);
    const bases = basesFor(state);
    const steps = model.keySteps({ dockerfile, target: state.target, buildArgs, context, wholeContext, bases });
    const statuses = steps.map((step) => records.statusOf(step));
    const places = new Places(builder, dockerfile, buildArgs);
    const keys = realKeys(steps, outputOf(state));
    const known = (step: number): boolean | undefined => {
      const key = keys[step];
      return key === undefined ? undefined : made.has(key);
    };
    const judged = judgeBuild(steps, statuses, said[index] ?? [], places, known);
    records.add(steps);
    for (const key of keys) if (key !== undefined) made.add(key);
    return judged;
  });
}

function judgeBuild(
  steps: readonly KeyedStep[],
  statuses: readonly StepStatus[],
  reported: readonly ReportedStep[],
  places: Places,
  /** Whether a step that may or may not be cached is; undefined where nobody knows. */
  known: (step: number) => boolean | undefined,
): readonly JudgedStep[] {
  const unmatched = new Map(reported.flatMap((each) => (isFrom(each.text) ? [] : [[places.ofReported(each), each]])));
  const byKey = new Map<string, ReportedStep>();
  const judged: JudgedStep[] = [];
  for (const [index, step] of steps.entries()) {
    const { keyword, startLine } = step.command;
    // No builder says whether FROM was cached; that shows in what follows.
    if (keyword === 'FROM') continue;
    const place = places.next(step);
    const status = statuses[index] ?? 'rerun';
    const own = place === null ? undefined : unmatched.get(place);
    if (place !== null) unmatched.delete(place);
    const twin = place === null ? undefined : byKey.get(step.key);
    // Where two stages have the same step, BuildKit has one vertex for both and gives it the name of the first.
    const said = own ?? (places.share ? twin : undefined);
    if (own !== undefined) byKey.set(step.key, own);
    // Others have the result of the first when they come to the second.
    const met = status === 'rerun' && twin !== undefined && own !== undefined ? 'cached' : status;
    judged.push({
      line: startLine,
      text: step.command.line,
      model: status,
      builder: said === undefined ? null : said.cached ? 'cached' : 'ran',
      agrees:
        hasSameKeyword(said, keyword) && agree(met === 'depends' ? known(index) : met, step, said, places.tellsAll),
    });
  }
  for (const { text, cached } of unmatched.values())
    judged.push({ line: null, text, model: null, builder: cached ? 'cached' : 'ran', agrees: false });
  return judged;
}

function agree(
  expected: Exclude<StepStatus, 'depends'> | boolean | undefined,
  step: KeyedStep,
  said: ReportedStep | undefined,
  tellsAll: boolean,
): boolean {
  if (!tellsAll && step.role !== 'step') return said === undefined;
  if (said === undefined || expected === undefined || expected === 'noop') return false;
  return said.cached === (expected === 'cached' || expected === true);
}

/** What is shown may have its variables expanded; a trigger of the classic builder's shows nothing. */
function hasSameKeyword(said: ReportedStep | undefined, keyword: string): boolean {
  if (said === undefined || said.text === '') return true;
  const [first = ''] = said.text.replace(/^ONBUILD (?=\S+ )/i, keyword === 'ONBUILD' ? 'ONBUILD ' : '').split(/\s/);
  return first.toUpperCase() === keyword;
}

function isFrom(text: string): boolean {
  return /^from\s/i.test(text);
}

/** Where steps are by a builder's own count. */
class Places {
  /** Every instruction has a line of its own. */
  readonly tellsAll: boolean;
  readonly share: boolean;
  readonly #dockerfile: Dockerfile;
  readonly #globals: ReadonlyMap<string, string | null>;
  readonly #counts = new Map<number, number>();

  constructor(builder: TruthBuilder, dockerfile: Dockerfile, buildArgs: ReadonlyMap<string, string>) {
    this.tellsAll = builder !== 'buildkit';
    this.share = builder === 'buildkit';
    this.#dockerfile = dockerfile;
    this.#globals = globalValues(dockerfile, buildArgs);
  }

  ofReported({ stage, number }: ReportedStep): string {
    const named = this.#dockerfile.stages.findIndex(({ name }) => name?.toLowerCase() === stage.toLowerCase());
    const index = named === -1 ? Number(/^(?:stage-)?(\d+)$/.exec(stage)?.[1] ?? 0) : named;
    return `${index}:${number}`;
  }

  /** Of the next step of its stage, FROM left out. */
  next({ stage, role }: KeyedStep): string | null {
    if (!this.tellsAll && role !== 'step') return null;
    const count = this.#counts.get(stage.index) ?? (this.tellsAll || this.#startsFromImage(stage.index) ? 1 : 0);
    this.#counts.set(stage.index, count + 1);
    return `${stage.index}:${count + 1}`;
  }

  /** Only then BuildKit counts FROM. */
  #startsFromImage(index: number): boolean {
    const stage = this.#dockerfile.stages[index];
    if (stage === undefined) return false;
    const from = expandWord(stage.from, (name) => this.#globals.get(name), this.#dockerfile.directives.escape);
    return stageBase(this.#dockerfile, stage, from ?? stage.from).kind === 'image';
  }
}
