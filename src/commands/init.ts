import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cwd } from 'node:process';
import type { Argv, CommandModule } from 'yargs';
import { defaultConfig } from '../config/config.ts';
import { diveFile } from '../config/dive-file.ts';
import { factsOf } from '../config/init/facts-of.ts';
import type { InitImage } from '../config/init/init-facts.ts';
import { initText } from '../config/init/init-text.ts';
import { findConfigAbove, findConfigIn } from '../config/load-config.ts';
import { problem } from '../errors.ts';
import { plural } from '../text/plural.ts';
import { sanitize } from '../text/sanitize.ts';
import { shellWord } from '../text/shell-word.ts';
import { noCache } from './analyze-cache.ts';
import { analyzeImage, hashImage } from './analyze-image.ts';
import { type DockerfileArguments, dockerfileOptions } from './dockerfile-options.ts';
import type { Host } from './host.ts';
import { loadImage } from './load-image.ts';
import { mapImage } from './map-image.ts';
import { type ImageArguments, imageWords, readingOptions } from './options.ts';
import { createProgressLine } from './progress-line.ts';
import { writeOut } from './write-out.ts';
import { writeNew } from './write-whole.ts';

interface Arguments extends Omit<ImageArguments, 'image'>, DockerfileArguments {
  readonly image: string | undefined;
  readonly output: string | undefined;
}

const usualName = 'layerscope.yaml';

/** `layerscope init [image]`. */
export function initCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: 'init [image]',
    describe: 'Write a commented layerscope.yaml, with budgets that the image at hand keeps',
    builder: (yargs): Argv<Arguments> =>
      dockerfileOptions(readingOptions(yargs.positional('image', { type: 'string', describe: imageWords }))).option(
        'output',
        {
          alias: 'o',
          type: 'string',
          requiresArg: true,
          describe: `FILE to write, - for standard output; default: ${usualName}`,
        },
      ),
    handler: async (args) => {
      // Before an image is read, which may take minutes.
      const target = args.output ?? (await freeName(cwd()));
      const { image } = args;
      const seen = image === undefined ? null : await lookAt(host, { ...args, image });
      const text = initText(seen);
      if (target === '-') return writeOut(host.stdout, text);
      writeNew(target, text);
      const hidden = target === usualName ? await findConfigAbove(cwd()) : null;
      const instead = hidden === null ? '' : `, and counts here instead of ${hidden}`;
      const next =
        seen === null
          ? 'All in it is comments: take them off what you want, or let layerscope init IMAGE fill it in'
          : `${toMend(seen)}See what it says, then: ${seen.command.join(' ')}`;
      return writeOut(host.stdout, `${sanitize(`${target}: written${instead}. ${next}`)}\n`);
    },
  };
}

/** What fails the gate whatever the budgets. */
function toMend({ facts }: InitImage): string {
  const found = [...facts.errors].map(([rule, count]) => `${plural(count, 'error')} of ${rule}`);
  return found.length === 0 ? '' : `The gate fails until this is mended: ${found.join(', ')}. `;
}

/** @throws LayerscopeError `usage`, `file-exists` where the directory has a configuration, whose place it would take */
async function freeName(directory: string): Promise<string> {
  const found = await findConfigIn(directory);
  if (found === null) return usualName;
  if (found === usualName) throw problem('file-exists', { path: usualName });
  throw problem('usage', {
    message: `${found}: has the configuration already, and a ${usualName} beside it would count instead. Choose another name with --output.`,
  });
}

async function lookAt(host: Host, args: Arguments & { readonly image: string }): Promise<InitImage> {
  const progress = createProgressLine(host, args.quiet);
  try {
    const loaded = await loadImage(host, args, progress);
    const mapped = await mapImage(host, loaded, args);
    // No finding on the build cache is an error.
    const report = analyzeImage(loaded, hashImage(loaded), mapped, noCache, defaultConfig);
    return {
      facts: factsOf(report, loaded.union),
      command: ciCommand(args),
      replacesDive: existsSync(join(cwd(), diveFile)),
    };
  } finally {
    progress.clear();
  }
}

/** How the image is judged by what is written: with the options that tell its own layers from the base image's. */
function ciCommand(args: Arguments & { readonly image: string }): readonly string[] {
  const given = (['dockerfile', 'target', 'base', 'metadata-file', 'platform'] as const).flatMap((name) =>
    args[name] === undefined ? [] : [`--${name}`, args[name]],
  );
  const buildArgs = args['build-arg'].flatMap((value) => ['--build-arg', value]);
  return ['layerscope', 'ci', ...[args.image, ...given, ...buildArgs].map(shellWord)];
}
