import { cwd } from 'node:process';
import type { Argv, CommandModule } from 'yargs';
import { compareFiles } from '../comparison/compare-files.ts';
import { compareImages } from '../comparison/compare-images.ts';
import { compareSharing } from '../comparison/compare-sharing.ts';
import type { Comparison, FileChanges } from '../comparison/comparison.ts';
import type { ImageFacts } from '../comparison/image-facts.ts';
import type { BaselineWish, Config } from '../config/config.ts';
import { loadOwnConfig } from '../config/load-config.ts';
import { problem } from '../errors.ts';
import { parseReference } from '../image/reference.ts';
import { diffReporters, sharingReporters } from './diff-reporters.ts';
import { type DockerfileArguments, dockerfileOptions } from './dockerfile-options.ts';
import type { Host } from './host.ts';
import { type Compared, loadCompared, loadSaved, loadWithLines } from './load-compared.ts';
import {
  type ConfigArguments,
  configOption,
  type ImageArguments,
  imageWords,
  readingOptions,
  type ReportArguments,
  reportOptions,
} from './options.ts';
import { createProgressLine } from './progress-line.ts';
import { parseRequests, writeReports } from './write-reports.ts';

interface DiffArguments {
  readonly old: string;
  readonly new: string;
  readonly more: readonly string[];
  readonly 'old-dockerfile': string | undefined;
}

type Arguments = DiffArguments &
  Omit<ImageArguments, 'image'> &
  DockerfileArguments &
  ReportArguments &
  ConfigArguments;

/** `layerscope diff OLD NEW`, and `layerscope diff A B C…`. */
export function diffCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: 'diff <old> <new> [more..]',
    describe: 'What made an image grow, by line, layer and file; of three and more, what they share',
    builder: (yargs): Argv<Arguments> =>
      diffOptions(configOption(dockerfileOptions(reportOptions(readingOptions(yargs), diffReporters)))),
    handler: async (args) => {
      const { config } = await loadOwnConfig(cwd(), args.config ?? null);
      const wishes = [args.old, args.new, ...args.more].map(wishOf);
      if (wishes.filter(isStdin).length > 1)
        throw problem('usage', { message: 'diff: standard input can be one of the images only.' });
      if (args.more.length === 0) {
        const requests = parseRequests(args, diffReporters);
        return writeReports(host, requests, args.color, await compareTwo(host, args, config));
      }
      const requests = parseRequests(args, sharingReporters);
      if (args.username !== undefined)
        throw problem('usage', { message: 'diff: with three images and more, log in with docker login before.' });
      const facts: ImageFacts[] = [];
      for (const wish of wishes) facts.push((await loadNew(host, wish, args, config)).facts);
      return writeReports(host, requests, args.color, compareSharing(facts));
    },
  };
}

function diffOptions<T>(yargs: Argv<T>): Argv<T & DiffArguments> {
  return yargs
    .positional('old', {
      type: 'string',
      demandOption: true,
      describe: `${imageWords}; or a JSON report that was saved, also as report:FILE`,
    })
    .positional('new', { type: 'string', demandOption: true, describe: 'likewise' })
    .positional('more', { type: 'string', array: true, default: [], describe: 'likewise' })
    .option('old-dockerfile', {
      type: 'string',
      requiresArg: true,
      describe: 'the Dockerfile that the old image was built from, if it is another one',
    });
}

/** One after the other: of the old image only what is compared is kept meanwhile. */
async function compareTwo(host: Host, args: Arguments, config: Config): Promise<Comparison> {
  const old = await loadOld(host, wishOf(args.old), args, config);
  const now = await loadNew(host, wishOf(args.new), args, config);
  return compareImages(old.facts, now.facts, filesOf(old, now));
}

function filesOf(old: Compared, now: Compared): FileChanges | null {
  if (old.from !== 'image' || now.from !== 'image') return null;
  const lineOf =
    ({ layers }: ImageFacts) =>
    (layer: number): number | null =>
      layers[layer]?.instruction?.startLine ?? null;
  return compareFiles({ union: old.union, lineOf: lineOf(old.facts) }, { union: now.union, lineOf: lineOf(now.facts) });
}

async function loadOld(host: Host, wish: BaselineWish, args: Arguments, config: Config): Promise<Compared> {
  const progress = createProgressLine(host, args.quiet);
  const { reference: image } = wish;
  const dockerfile = args['old-dockerfile'];
  try {
    const loaded =
      dockerfile === undefined
        ? await loadCompared(host, wish, { ...args, image }, config, progress)
        : (loadSaved(wish) ??
          (await loadWithLines(host, { ...args, ...noLogin, image, dockerfile }, config, progress)));
    return keptOf(loaded);
  } finally {
    progress.clear();
  }
}

async function loadNew(host: Host, wish: BaselineWish, args: Arguments, config: Config): Promise<Compared> {
  const progress = createProgressLine(host, args.quiet);
  try {
    return keptOf(loadSaved(wish) ?? (await loadWithLines(host, { ...args, image: wish.reference }, config, progress)));
  } finally {
    progress.clear();
  }
}

/** A password on standard input is for the new image. */
const noLogin = { username: undefined, 'password-stdin': false };

/** Without the lists of a report, which nobody compares. */
function keptOf(compared: Compared): Compared {
  const { image, layers, waste, compat, budgets } = compared.facts;
  const { bytes, own, base } = waste;
  return { ...compared, facts: { image, layers, waste: { bytes, own, base }, compat, budgets } };
}

function wishOf(text: string): BaselineWish {
  return text.startsWith('report:')
    ? { from: 'report', reference: text.slice('report:'.length) }
    : { from: 'image', reference: text };
}

function isStdin({ from, reference }: BaselineWish): boolean {
  return from === 'image' && parseReference(reference).from === 'stdin';
}
