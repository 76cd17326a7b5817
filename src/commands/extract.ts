import type { Argv, CommandModule } from 'yargs';
import { extractTree } from './extract-tree.ts';
import type { Host } from './host.ts';
import { type LoadedImage, withContent } from './load-image.ts';
import { locate } from './locate.ts';
import { type ImageArguments, imageOptions } from './options.ts';
import { createProgressLine } from './progress-line.ts';

interface Arguments extends ImageArguments {
  readonly path: string;
  readonly output: string;
  readonly setuid: boolean;
}

/** `layerscope extract IMAGE PATH -o DIR`. */
export function extractCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: 'extract <image> <path>',
    describe: 'A file or directory of the final filesystem, written below a directory',
    builder: (yargs): Argv<Arguments> =>
      imageOptions(yargs)
        .positional('path', { type: 'string', demandOption: true, describe: 'a file or directory in the image' })
        .option('output', {
          alias: 'o',
          type: 'string',
          demandOption: true,
          requiresArg: true,
          describe: 'the directory',
        })
        .option('setuid', { type: 'boolean', default: false, describe: 'keep setuid, setgid and sticky bits' }),
    handler: async (args) => {
      const progress = createProgressLine(host, args.quiet);
      await withContent(host, args, progress, (loaded) => {
        progress.clear();
        return extractPath(host, loaded, args);
      }).finally(progress.clear);
    },
  };
}

async function extractPath(host: Host, loaded: LoadedImage, { path, output, setuid, quiet }: Arguments): Promise<void> {
  const { tree } = loaded.union;
  const { skipped } = await extractTree(host, loaded, { tree, node: locate(tree, path, 'keep'), output, setuid });
  if (skipped > 0 && !quiet)
    host.stderr.write(`layerscope: left out ${skipped} devices and pipes, which are not extracted\n`);
}
