import { cwd } from 'node:process';
import type { Argv, CommandModule } from 'yargs';
import type { DiveRules } from '../budgets/dive-rules.ts';
import { judge } from '../budgets/judge.ts';
import { measureImage } from '../budgets/measure-image.ts';
import { measureSaved } from '../budgets/measure-saved.ts';
import type { Measures } from '../budgets/measures.ts';
import type { BaselineIdentity, Gate } from '../budgets/verdict.ts';
import { type ComparedFiles, compareFiles } from '../comparison/compare-files.ts';
import { compareImages } from '../comparison/compare-images.ts';
import type { Comparison } from '../comparison/comparison.ts';
import type { ImageFacts } from '../comparison/image-facts.ts';
import { withSameBase } from '../comparison/same-base.ts';
import type { BaselineWish, Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { problem } from '../errors.ts';
import type { Union } from '../filesystem/union.ts';
import type { Report } from '../report/report.ts';
import { analyzeCache } from './analyze-cache.ts';
import { analyzeImage, hashImage } from './analyze-image.ts';
import {
  type BuildPlaceArguments,
  buildPlaceOptions,
  type DockerfileArguments,
  dockerfileOptions,
} from './dockerfile-options.ts';
import { ExitStatus } from './exit-status.ts';
import { type GateArguments, gateOptions, requestedBaseline, requestedDiveRules } from './gate-options.ts';
import type { Host } from './host.ts';
import { type Compared, loadCompared } from './load-compared.ts';
import { type LoadWatcher, loadImage } from './load-image.ts';
import { mapImage } from './map-image.ts';
import {
  type ConfigArguments,
  configOption,
  type ImageArguments,
  imageOptions,
  type ReportArguments,
  reportOptions,
} from './options.ts';
import { createProgressLine } from './progress-line.ts';
import { ReaderGone } from './write-out.ts';
import { parseReportRequests, writeReports } from './write-reports.ts';

type Arguments = ImageArguments &
  ReportArguments &
  DockerfileArguments &
  BuildPlaceArguments &
  ConfigArguments &
  GateArguments;

/** `layerscope ci IMAGE`. */
export function ciCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: 'ci <image>',
    describe: 'Judge an image by its budgets and by the rules: the exit status is the verdict',
    builder: (yargs): Argv<Arguments> =>
      gateOptions(configOption(buildPlaceOptions(dockerfileOptions(reportOptions(imageOptions(yargs)))))),
    handler: async (args) => {
      const requests = parseReportRequests(args);
      const terms = await loadTerms(host, args);
      const progress = createProgressLine(host, args.quiet);
      const { report, gate } = await judgeImage(host, args, terms, progress).finally(progress.clear);
      try {
        await writeReports(host, requests, args.color, report);
      } catch (error) {
        // Who has read enough of the report still wants the verdict.
        if (!(error instanceof ReaderGone)) throw error;
      }
      const { exitStatus } = gate;
      if (exitStatus === 2 || (exitStatus === 1 && !args['exit-zero'])) throw new ExitStatus(exitStatus);
    },
  };
}

/** What an image is judged by: the configuration, and what the command line says instead. */
interface Terms {
  readonly config: Config;
  /** The configuration's file. */
  readonly path: string | null;
  readonly dive: DiveRules | null;
  readonly baseline: BaselineWish | null;
}

async function loadTerms(host: Host, args: Arguments): Promise<Terms> {
  const { config, path, notes } = await loadConfig(cwd(), args.config ?? null);
  if (!args.quiet) for (const note of notes) host.stderr.write(`layerscope: ${note}\n`);
  const baseline = requestedBaseline(args) ?? config.baseline;
  const dive = requestedDiveRules(args, config.dive);
  if (path === null && dive === null && args['fail-on'] === undefined)
    throw problem('usage', {
      message:
        'There is no configuration, so nothing to judge the image by. Write one with layerscope init, or name it with --config.',
    });
  return { config: { ...config, failOn: args['fail-on'] ?? config.failOn }, path, dive, baseline };
}

async function judgeImage(
  host: Host,
  args: Arguments,
  { config, path, dive, baseline: wish }: Terms,
  watcher: LoadWatcher,
): Promise<{ report: Report; gate: Gate }> {
  const { budgets, failOn, ignore } = config;
  // Whether it can be had is known before the image is read.
  const compared = wish === null ? null : await loadCompared(host, wish, args, config, watcher);
  const loaded = await loadImage(host, args, watcher);
  const mapped = await mapImage(host, loaded, args);
  const cached = await analyzeCache(host, loaded, mapped, args, config);
  const report = analyzeImage(loaded, hashImage(loaded), mapped, cached, config);
  const { union } = loaded;
  const old = compared === null ? null : { ...compared, facts: withSameBase(compared.facts, report) };
  const gate = judge({
    budgets,
    dive,
    measures: measureImage(report, union, ignore, budgets),
    baseline: old === null || wish === null ? null : measureBaseline(old, wish, config),
    findings: report.findings,
    failOn,
    config: path,
  });
  const comparison = old === null ? null : compare(old, report, union);
  return { report: { ...report, budgets: gate, comparison }, gate };
}

function measureBaseline(
  old: Compared,
  { reference }: BaselineWish,
  { budgets, ignore }: Config,
): { identity: BaselineIdentity; measures: Measures } {
  const { from, facts } = old;
  const { manifestDigest, configDigest } = facts.image;
  const measures = from === 'report' ? measureSaved(facts) : measureImage(facts, old.union, ignore, budgets);
  return { identity: { kind: from, reference, manifestDigest, configDigest }, measures };
}

function compare(old: Compared, report: Report, union: Union): Comparison {
  const files = old.from === 'report' ? null : compareFiles(withLines(old.facts, old.union), withLines(report, union));
  return compareImages(old.facts, report, files);
}

function withLines({ layers }: ImageFacts, union: Union): ComparedFiles {
  return { union, lineOf: (layer) => layers[layer]?.instruction?.startLine ?? null };
}
