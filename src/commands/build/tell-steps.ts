import { realpathSync } from 'node:fs';
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

/**
 * Joins a log to the Dockerfile, and compares it with what the keys of the build and of those before told. Keeps the keys.
 * @param usesCache whether the builder looked everything up
 */
export function tellSteps(host: Host, log: BuildLog, loaded: LoadedRequest, usesCache: boolean): BuiltSteps {
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
  return { steps, outcome: outcomeOf(host, log, loaded.build, matched, usesCache) };
}

/** FROM only says what is pulled. */
function isStep({ text }: LogStep): boolean {
  return !/^from\s/i.test(text);
}

function builtStep(line: number | null): (step: LogStep) => BuiltStep {
  return ({ text, cached, seconds }) => ({ line, text, cached, seconds });
}

function outcomeOf(
  host: Host,
  { builder }: BuildLog,
  { inputs, directory, file }: LoadedBuild,
  matched: readonly MatchedStep[],
  usesCache: boolean,
): Outcome {
  const steps = modelOf(builder).keySteps(inputs);
  const engine = host.env[builder === 'buildah' ? 'CONTAINERS_STORAGE_CONF' : 'DOCKER_HOST'] ?? '';
  const kept = new KeptKeys(cacheDirectory(host.env, host.platform), [
    builder,
    engine,
    realpathSync(directory),
    realpathSync(file),
  ]);
  const before = kept.read();
  // Without --layers nothing is kept for the next time either; after --no-cache it is, but that is seldom the point.
  if (!usesCache) return { kind: 'none', why: 'Nothing was predicted: the cache was not asked.' };
  kept.add(steps);
  if (before === null)
    return { kind: 'none', why: 'Nothing to compare with yet: the next build from here is compared with this one.' };
  const records = new CacheRecords();
  records.add(before);
  const predicted = steps.map((step) => ({ step, status: records.statusOf(step) }));
  return { kind: 'compared', surprises: comparePrediction(predicted, matched) };
}
