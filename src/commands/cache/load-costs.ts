import type { Argv } from 'yargs';
import { imageStepCosts, withSeconds } from '../../analysis/step-costs.ts';
import { logLines } from '../../builds/log/log-line.ts';
import { parseBuildLog } from '../../builds/log/parse-build-log.ts';
import { matchSteps } from '../../builds/log/match-steps.ts';
import { secondsByLine } from '../../builds/log/seconds-by-line.ts';
import type { BuildInputs } from '../../cache/build-inputs.ts';
import type { StepCosts } from '../../cache/step-costs.ts';
import { type DockerfileBuilder, isDockerfileBuilder } from '../../dockerfile/step-record.ts';
import { mapLayers } from '../../dockerfile/map-layers.ts';
import type { Mapping } from '../../dockerfile/mapping.ts';
import { readProvenance } from '../../dockerfile/provenance/provenance.ts';
import { problem } from '../../errors.ts';
import { type Oddity, OddityTally, toWarning, type Warning } from '../../warnings.ts';
import type { Host } from '../host.ts';
import { type LoadedImage, loadImage } from '../load-image.ts';
import { type RegistryArguments, registryOptions } from '../options.ts';
import { createProgressLine } from '../progress-line.ts';
import { readWholeFile } from '../read-whole-file.ts';

/** Options of commands that tell what steps cost. */
export interface CostsArguments extends RegistryArguments {
  readonly image: string | undefined;
  readonly platform: string | undefined;
  readonly timings: string | undefined;
  readonly quiet: boolean;
}

export function costsOptions<T>(yargs: Argv<T>): Argv<T & CostsArguments> {
  const costs = yargs
    .option('image', {
      type: 'string',
      requiresArg: true,
      describe: 'an image that was built from the Dockerfile: bytes of its layers, and times of its history',
    })
    .option('platform', { type: 'string', describe: 'os/arch[/variant] of a multi-platform image', requiresArg: true })
    .option('timings', {
      type: 'string',
      requiresArg: true,
      describe: "FILE with a build's log: of BuildKit --progress=plain or rawjson; of others with time stamps",
    })
    .option('quiet', { type: 'boolean', default: false, describe: 'no progress' });
  return registryOptions(costs);
}

export interface LoadedCosts {
  readonly costs: StepCosts;
  /** Who built the image, or wrote the log; null where neither is there or tells. */
  readonly builder: DockerfileBuilder | null;
  readonly warnings: readonly Warning[];
}

type Wanted = Pick<BuildInputs, 'dockerfile' | 'target' | 'buildArgs'>;

/** A log of a build that prints a screen a second for a day; in bytes. */
const logLimit = 64 * 1024 * 1024;

/** What the steps of a Dockerfile cost, as far as an image or a log of a build tell. @throws LayerscopeError */
export async function loadCosts(host: Host, args: CostsArguments, wanted: Wanted): Promise<LoadedCosts> {
  const { image, timings } = args;
  const fromImage = image === undefined ? nothing : await costsOfImage(host, { ...args, image }, wanted);
  if (timings === undefined) return fromImage;
  const fromLog = secondsOfLog(timings, wanted);
  return {
    costs: withSeconds(fromImage.costs, fromLog.seconds),
    builder: fromImage.builder ?? fromLog.builder,
    warnings: [...fromImage.warnings, ...fromLog.oddities.map(toWarning)],
  };
}

const nothing: LoadedCosts = { costs: new Map(), builder: null, warnings: [] };

async function costsOfImage(
  host: Host,
  args: CostsArguments & { readonly image: string },
  wanted: Wanted,
): Promise<LoadedCosts> {
  const progress = createProgressLine(host, args.quiet);
  const loaded = await loadImage(host, { ...args, verify: false }, progress).finally(progress.clear);
  await loaded.close();
  const { config } = loaded.image;
  const mapping = mappingOf(loaded, wanted);
  return {
    costs: imageStepCosts(
      mapping,
      config.history,
      loaded.union.layers.map(({ totalBytes }) => totalBytes),
    ),
    builder: isDockerfileBuilder(mapping.builder) ? mapping.builder : null,
    warnings: mapping.oddities.map(toWarning),
  };
}

function mappingOf({ image, provenance }: LoadedImage, { dockerfile, target, buildArgs }: Wanted): Mapping {
  return mapLayers({
    dockerfile,
    config: image.config,
    layerDigests: image.layers.map(({ digest }) => digest),
    provenance: provenance === null ? null : readProvenance(provenance),
    baseConfig: null,
    target,
    buildArgs,
  });
}

interface LoggedSeconds {
  readonly seconds: ReadonlyMap<number, number>;
  readonly builder: DockerfileBuilder;
  readonly oddities: readonly Oddity[];
}

/** @throws LayerscopeError `not-found`, `not-readable`, `not-a-build-log` */
function secondsOfLog(path: string, { dockerfile, buildArgs }: Wanted): LoggedSeconds {
  const log = parseBuildLog(logLines(readWholeFile(path, logLimit).toString('utf8')));
  if (log === null) throw problem('not-a-build-log', { path });
  const tally = new OddityTally();
  const matched = matchSteps(log, dockerfile, buildArgs);
  if (matched.length === 0) tally.note('timings-foreign', () => `${log.steps.length} steps`);
  return { seconds: secondsByLine(matched), builder: log.builder, oddities: tally.list() };
}
