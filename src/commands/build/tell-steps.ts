import { realpathSync } from 'node:fs';
import type { RequestedBuild } from '../../builds/arguments/requested-build.ts';
import type { BuilderProgram } from '../../builds/builder-program.ts';
import { comparePrediction } from '../../builds/compare-prediction.ts';
import { KeptKeys } from '../../builds/kept-keys.ts';
import type { BuildLog, LogStep } from '../../builds/log/build-log.ts';
import { type MatchedStep, matchSteps } from '../../builds/log/match-steps.ts';
import { CacheRecords } from '../../cache/cache-records.ts';
import { modelOf } from '../../cache/models.ts';
import { cacheDirectory } from '../../index-cache/cache-directory.ts';
import type { BuiltStep, BuiltSteps, Outcome } from '../../report/cache/built-text.ts';
import type { LoadedBuild } from '../cache/load-build.ts';
import type { Host } from '../host.ts';
import type { LoadedRequest } from './load-requested.ts';

export interface LoggedBuild {
  readonly log: BuildLog;
  readonly program: BuilderProgram;
  readonly requested: RequestedBuild;
}

/** Joins a log to the Dockerfile, and compares it with what the keys of the build and of those before tell. Keeps the keys. */
export function tellSteps(host: Host, logged: LoggedBuild, loaded: LoadedRequest): BuiltSteps {
  const { log } = logged;
  if (loaded.kind === 'unknown')
    return { steps: log.steps.filter(isStep).map(builtStep(null)), outcome: { kind: 'none', why: loaded.why } };
  const { inputs } = loaded.build;
  const matched = matchSteps(log, inputs.dockerfile, inputs.buildArgs);
  const found = new Map(matched.map(({ logged, counted }) => [logged, counted]));
  const steps = log.steps
    // The classic builder counts ARG before FROM, which is looked up nowhere.
    .filter((step) => isStep(step) && found.get(step)?.stage !== null)
    .map((step) => builtStep(found.get(step)?.instruction.startLine ?? null)(step))
    .sort((one, other) => (one.line ?? Infinity) - (other.line ?? Infinity));
  return { steps, outcome: outcomeOf(host, logged, loaded.build, matched) };
}

/** FROM only says what is pulled. */
function isStep({ text }: LogStep): boolean {
  return !/^from\s/i.test(text);
}

function builtStep(line: number | null): (step: LogStep) => BuiltStep {
  return ({ text, cached, seconds }) => ({ line, text, cached, seconds });
}

/** Where each program's cache is, as far as that is no option. */
const places = ['DOCKER_HOST', 'DOCKER_CONTEXT', 'CONTAINERS_STORAGE_CONF', 'HOME'] as const;

function outcomeOf(
  host: Host,
  { log, program, requested }: LoggedBuild,
  { inputs, directory, file }: LoadedBuild,
  matched: readonly MatchedStep[],
): Outcome {
  const steps = modelOf(log.builder).keySteps(inputs);
  const kept = new KeptKeys(cacheDirectory(host.env, host.platform), [
    program,
    log.builder,
    requested.instance ?? '',
    ...places.map((name) => host.env[name] ?? ''),
    realpathSync(directory),
    realpathSync(file),
  ]);
  const before = kept.read();
  // Without --layers nothing is kept for the next time either; after --no-cache it is, but that is seldom the point.
  if (!requested.usesCache) return { kind: 'none', why: 'Nothing was predicted: the cache was not asked.' };
  kept.add(steps);
  if (before === null)
    return { kind: 'none', why: 'Nothing to compare with yet: the next build from here is compared with this one.' };
  const records = new CacheRecords();
  records.add(before);
  const statuses = records.statusesOf(steps);
  const predicted = steps.map((step, at) => ({ step, status: statuses[at] ?? 'rerun' }));
  return { kind: 'compared', surprises: comparePrediction(predicted, matched) };
}
