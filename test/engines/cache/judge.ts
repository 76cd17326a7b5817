import type { BaseImage } from '../../../src/cache/build-inputs.ts';
import type { CacheModel } from '../../../src/cache/cache-model.ts';
import { CacheRecords, type StepStatus } from '../../../src/cache/cache-records.ts';
import type { KeyedStep } from '../../../src/cache/keyed-step.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import type { BuildState } from './cache-case.ts';
import { sentTree, wholeTree } from './context.ts';
import { Places } from './places.ts';
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
  const unmatched = new Map<string, ReportedStep>();
  const judged: JudgedStep[] = [];
  for (const each of reported) {
    const place = places.ofReported(each);
    // Two of one place are a builder's words misread.
    if (unmatched.has(place)) judged.push(onlyReported(each));
    if (!isFrom(each.text)) unmatched.set(place, each);
  }
  const own = steps.map((step) => {
    // No builder says whether FROM was cached; that shows in what follows.
    const place = step.command.keyword === 'FROM' ? null : places.next(step);
    const report = place === null ? undefined : unmatched.get(place);
    if (place !== null) unmatched.delete(place);
    return { step, place, report };
  });
  const reports = new Map(own.flatMap(({ step, report }) => (report === undefined ? [] : [[step.key, report]])));
  const made = new Set<string>();
  for (const [index, { step, place, report }] of own.entries()) {
    const { keyword, startLine } = step.command;
    if (keyword === 'FROM') continue;
    // Where two stages have the same step, BuildKit has one vertex for both and gives it the name of one of them.
    const said = report ?? (places.tellsAll || place === null ? undefined : reports.get(step.key));
    const status = statuses[index] ?? 'rerun';
    // Others have the result of the first when they come to the second.
    const met = status === 'rerun' && report !== undefined && made.has(step.key) ? 'cached' : status;
    if (report !== undefined) made.add(step.key);
    judged.push({
      line: startLine,
      text: step.command.line,
      model: status,
      builder: said === undefined ? null : said.cached ? 'cached' : 'ran',
      agrees:
        hasSameKeyword(said, keyword) && agree(met === 'depends' ? known(index) : met, step, said, places.tellsAll),
    });
  }
  return [...judged, ...[...unmatched.values()].map(onlyReported)];
}

function onlyReported({ text, cached }: ReportedStep): JudgedStep {
  return { line: null, text, model: null, builder: cached ? 'cached' : 'ran', agrees: false };
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
