import { imageStepCosts } from '../../analysis/step-costs.ts';
import type { BuildInputs } from '../../cache/build-inputs.ts';
import { modelOf } from '../../cache/models.ts';
import type { Config } from '../../config/config.ts';
import { createIgnore } from '../../dockerfile/ignore-file.ts';
import type { Dockerfile } from '../../dockerfile/dockerfile.ts';
import { type DockerfileBuilder, isDockerfileBuilder } from '../../dockerfile/step-record.ts';
import type { ReadText } from '../../packages/install-step.ts';
import { reportCache } from '../../report/cache/report-cache.ts';
import type { ReportCache } from '../../report/report.ts';
import { type CacheFinding, cacheRules, checkCacheRules, uncheckedSteps } from '../../rules/cache/cache-rules.ts';
import type { RuleName } from '../../rules/rule-names.ts';
import { askedRules } from '../../rules/rule-settings.ts';
import { toWarning, type Warning } from '../../warnings.ts';
import { findIgnoreFile, type IgnoreFile } from '../../workspace/find-ignore-file.ts';
import { byStamp } from '../../workspace/identify.ts';
import { readContext } from '../../workspace/read-context.ts';
import { loadReplay } from './load-replay.ts';
import { readTextOf } from './read-text-of.ts';
import type { BuildPlaceArguments } from '../dockerfile-options.ts';
import type { Host } from '../host.ts';
import type { LoadedImage } from '../load-image.ts';
import type { MappedImage } from '../map-image.ts';

/** As many as `cache replay` looks at. */
const commits = 100;

/** What there is to say of the cache of an image's build. */
export interface AnalyzedCache {
  /** Rules that were asked. */
  readonly checkedRules: readonly RuleName[];
  readonly findings: readonly CacheFinding[];
  /** Null without a context that lies in a repository. */
  readonly cache: ReportCache | null;
  readonly warnings: readonly Warning[];
}

/** A build whose Dockerfile is known, and what that is called. */
export type KnownBuild = MappedImage & { readonly dockerfile: Dockerfile; readonly file: string };

/** Looks at a build as its builder's cache would. @throws LayerscopeError */
export async function analyzeBuild(
  host: Host,
  { image, union }: Pick<LoadedImage, 'image' | 'union'>,
  { mapping, dockerfile, file, target, buildArgs }: KnownBuild,
  args: BuildPlaceArguments,
  { rules }: Pick<Config, 'rules'>,
): Promise<AnalyzedCache> {
  const builder = args.builder ?? (isDockerfileBuilder(mapping.builder) ? mapping.builder : 'buildkit');
  const model = modelOf(builder);
  const context = args.context === undefined ? null : await readKnownContext(args.context, builder, file);
  const inputs: BuildInputs = {
    dockerfile,
    target,
    buildArgs,
    context: context?.tree ?? null,
    bases: new Map(),
  };
  const layerBytes = union.layers.map(({ totalBytes }) => totalBytes);
  const costs = imageStepCosts(mapping, image.config.history, layerBytes);
  const replayed =
    context === null ? null : await loadReplay(host, { ...context, inputs }, { model, costs, count: commits });
  const steps = model.keySteps(inputs);
  const input = {
    model,
    inputs,
    steps,
    textOf: context?.textOf ?? (() => null),
    replay: replayed?.replay ?? null,
    replayIgnoring: replayed?.replayIgnoring ?? null,
    costs,
  };
  const findings = checkCacheRules(input, rules);
  const cache = context === null || replayed === null ? null : reportCache(builder, context.directory, replayed.replay);
  const unchecked = uncheckedSteps(steps);
  return {
    checkedRules: unchecked.length === 0 ? askedRules(cacheRules, rules) : [],
    findings,
    cache,
    warnings: [...(context?.warnings ?? []), ...unchecked.map(toWarning)],
  };
}

interface KnownContext {
  readonly directory: string;
  readonly ignoreFile: IgnoreFile | null;
  readonly tree: NonNullable<BuildInputs['context']>;
  readonly textOf: ReadText;
  readonly warnings: readonly Warning[];
}

async function readKnownContext(directory: string, builder: DockerfileBuilder, file: string): Promise<KnownContext> {
  const ignoreFile = await findIgnoreFile(builder, directory, file);
  const { tree, oddities } = await readContext(directory, createIgnore(ignoreFile?.text ?? ''), byStamp);
  return { directory, ignoreFile, tree, textOf: readTextOf(directory, tree), warnings: oddities.map(toWarning) };
}
