import { closeSync, statSync } from 'node:fs';
import { Contents } from '../analysis/content.ts';
import type { ImageFacts } from '../comparison/image-facts.ts';
import { readSavedReport, savedReportLimit } from '../comparison/saved-report.ts';
import type { BaselineWish, Config } from '../config/config.ts';
import type { Union } from '../filesystem/union.ts';
import { parseReference } from '../image/reference.ts';
import { openFile, readFully } from '../layer/file-extent.ts';
import type { Report } from '../report/report.ts';
import { type RuleName, ruleNames } from '../rules/rule-names.ts';
import { noCache } from './analyze-cache.ts';
import { analyzeImage } from './analyze-image.ts';
import type { DockerfileArguments } from './dockerfile-options.ts';
import type { Host } from './host.ts';
import { type ImageOptions, type LoadedImage, loadImage, type LoadWatcher } from './load-image.ts';
import { type MappedImage, mapImage } from './map-image.ts';
import { readWholeFile } from './read-whole-file.ts';

/** What another image is compared with. */
export type Compared =
  | { readonly from: 'report'; readonly facts: ImageFacts }
  | { readonly from: 'image'; readonly facts: ImageFacts; readonly union: Union };

/**
 * Loads what an image is compared with: another image, or a report that was saved of one.
 * @param args of the command, whose image this is not
 * @throws LayerscopeError
 */
export async function loadCompared(
  host: Host,
  wish: BaselineWish,
  args: ImageOptions & DockerfileArguments,
  { ignore }: Pick<Config, 'ignore'>,
  watcher: LoadWatcher,
): Promise<Compared> {
  const saved = loadSaved(wish);
  if (saved !== null) return saved;
  const { reference } = wish;
  // The login on the command line is for the image that the command is about.
  const options = { ...args, image: reference, username: undefined, 'password-stdin': false };
  const loaded = await loadImage(host, options, watcher);
  // The files that the other image was built by are not at hand, unless they came with this one.
  const own = { ...options, dockerfile: undefined, target: undefined, 'build-arg': [], 'metadata-file': undefined };
  const attested = await mapImage(host, loaded, own);
  const isAttested = attested.mapping.dockerfile !== null || args.dockerfile === undefined;
  const mapped = isAttested ? attested : await mapImage(host, loaded, { ...options, 'metadata-file': undefined });
  const report = reportOf(loaded, mapped, ignore);
  return { from: 'image', facts: isAttested ? report : withSureLines(report), union: loaded.union };
}

/** Reads a report that was saved; null where it is an image that is named. @throws LayerscopeError `invalid-report` */
export function loadSaved({ from, reference }: BaselineWish): Compared | null {
  if (from !== 'report' && !isSavedReport(reference)) return null;
  return { from: 'report', facts: readReport(reference) };
}

/** Loads an image with its lines in the Dockerfile that the arguments name. @throws LayerscopeError */
export async function loadWithLines(
  host: Host,
  args: ImageOptions & DockerfileArguments,
  { ignore }: Pick<Config, 'ignore'>,
  watcher: LoadWatcher,
): Promise<Compared> {
  const loaded = await loadImage(host, args, watcher);
  return { from: 'image', facts: reportOf(loaded, await mapImage(host, loaded, args), ignore), union: loaded.union };
}

/** The report as far as images are compared by it. */
function reportOf(loaded: LoadedImage, mapped: MappedImage, ignore: Config['ignore']): Report {
  // Nothing is hashed: that tells causes of waste apart, which nobody compares.
  const contents = new Contents(loaded.union.layers, loaded.digests);
  return analyzeImage(loaded, contents, mapped, noCache, { ignore, rules: noRules });
}

const noRules: ReadonlyMap<RuleName, 'off'> = new Map(ruleNames.map((name) => [name, 'off']));

/** Without the lines that only stand where the image's own may have stood: the Dockerfile is another one. */
function withSureLines(report: Report): ImageFacts {
  const layers = report.layers.map((layer) =>
    layer.instruction?.confidence === 'positional' ? { ...layer, instruction: null } : layer,
  );
  return { ...report, layers };
}

/** Whether it names a file that begins as JSON does; no archive of an image does. A pipe can be read only once. */
function isSavedReport(reference: string): boolean {
  const parsed = parseReference(reference);
  if (parsed.from !== 'path' || parsed.kind !== null) return false;
  if (!isFile(parsed.path)) return false;
  const fd = openFile(parsed.path);
  try {
    const start = Buffer.alloc(64);
    return /^\s*\{/.test(start.toString('latin1', 0, readFully(fd, start, start.length, 0, parsed.path)));
  } finally {
    closeSync(fd);
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function readReport(path: string): ImageFacts {
  return readSavedReport(readWholeFile(path, savedReportLimit).toString('utf8'), path);
}
