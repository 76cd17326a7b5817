import type { Argv, CommandModule } from 'yargs';
import { problem } from '../errors.ts';
import { createPause } from '../extraction/pause.ts';
import { EntryType, entryTypeName } from '../layer/entry-type.ts';
import { readContents } from '../layer/read-contents.ts';
import type { Host } from './host.ts';
import { type LoadedImage, readableLayer, withContent } from './load-image.ts';
import { locate } from './locate.ts';
import { type ImageArguments, imageOptions } from './options.ts';
import { createProgressLine } from './progress-line.ts';
import { writeOut } from './write-out.ts';

interface Arguments extends ImageArguments {
  readonly path: string;
}

/** `layerscope cat IMAGE PATH`. */
export function catCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: 'cat <image> <path>',
    describe: "One file's bytes to standard output",
    builder: (yargs): Argv<Arguments> =>
      imageOptions(yargs).positional('path', { type: 'string', demandOption: true, describe: 'a file in the image' }),
    handler: async (args) => {
      const progress = createProgressLine(host, args.quiet);
      await withContent(host, args, progress, async (loaded) => {
        progress.clear();
        await writeContent(host, loaded, args.path);
      }).finally(progress.clear);
    },
  };
}

async function writeContent(host: Host, loaded: LoadedImage, path: string): Promise<void> {
  const { tree, layers } = loaded.union;
  const node = locate(tree, path, 'follow');
  const inode = tree.inode(node);
  const type = tree.type(node);
  if (inode === null || type !== EntryType.file) throw problem('not-a-file', { path, type: entryTypeName(type) });
  let position = 0;
  const pause = createPause();
  for await (const part of readContents(readableLayer(loaded, inode.layer), [inode.entry])) {
    await pause();
    await writeZeros(host, part.position - position);
    await writeOut(host.stdout, part.piece);
    position = part.position + part.piece.length;
  }
  await writeZeros(host, (layers[inode.layer]?.size(inode.entry) ?? 0) - position);
}

/** The holes of a sparse file. */
async function writeZeros(host: Host, count: number): Promise<void> {
  const zeros = Buffer.alloc(Math.min(64 * 1024, Math.max(0, count)));
  for (let left = count; left > 0; left -= zeros.length) await writeOut(host.stdout, zeros.subarray(0, left));
}
