import type { Argv, CommandModule } from 'yargs';
import { Contents } from '../analysis/content.ts';
import { problem } from '../errors.ts';
import { nodesBelow } from '../filesystem/find-path.ts';
import { hashContents } from '../layer/hash-contents.ts';
import { encodeText } from '../text/byte-string.ts';
import type { Host } from './host.ts';
import { listingLine } from '../report/listing-line.ts';
import { type Listed, listEntry, listNode, toJson } from '../report/listing.ts';
import { type LoadedImage, loadImage, readableLayer } from './load-image.ts';
import { locate } from './locate.ts';
import { type ImageArguments, imageOptions, outputOptions, type OutputArguments } from './options.ts';
import { createProgressLine } from './progress-line.ts';
import { writeOut } from './write-out.ts';

interface Arguments extends ImageArguments, OutputArguments {
  readonly path: string;
  readonly recursive: boolean;
  readonly layer: number | undefined;
}

/** Lines written at once: a million of them are not one string. */
const batch = 4096;

/** `layerscope ls IMAGE [PATH]`. */
export function lsCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: 'ls <image> [path]',
    describe: 'The final filesystem, or the entries of one layer',
    builder: (yargs): Argv<Arguments> =>
      outputOptions(imageOptions(yargs))
        .positional('path', { type: 'string', default: '/', describe: 'a file or directory in the image' })
        .option('recursive', { alias: 'R', type: 'boolean', default: false, describe: 'all that is below' })
        .option('layer', { type: 'number', requiresArg: true, describe: 'what layer N holds, whiteouts included' }),
    handler: async (args) => {
      if (Number.isNaN(args.layer)) throw problem('usage', { message: '--layer: expected the number of a layer.' });
      const progress = createProgressLine(host, args.quiet);
      const loaded = await loadImage(host, args, progress).finally(progress.clear);
      const listed = args.layer === undefined ? listTree(loaded, args) : listLayer(loaded, args.layer, args);
      listed.sort((a, b) => (a.rawPath < b.rawPath ? -1 : a.rawPath > b.rawPath ? 1 : 0));
      await (args.json ? writeJson(host, loaded, listed) : writeText(host, listed));
    },
  };
}

function listTree({ union: { tree } }: LoadedImage, { path, recursive }: Arguments): Listed[] {
  const start = locate(tree, path, 'keep');
  if (!tree.isDir(start)) return [listNode(tree, start)];
  const nodes = recursive ? [...nodesBelow(tree, start)] : tree.list(start);
  return nodes.map((node) => listNode(tree, node));
}

function listLayer({ union }: LoadedImage, layer: number, { path, recursive }: Arguments): Listed[] {
  const view = union.layers[layer];
  if (view === undefined) throw problem('no-such-layer', { wanted: layer, count: union.layers.length });
  const wanted = encodeText(path).replace(/\/+$/, '');
  const start = wanted.startsWith('/') || wanted === '' ? wanted : `/${wanted}`;
  const listed: Listed[] = [];
  for (let entry = 0; entry < view.index.count; entry++) {
    const own = view.path(entry);
    if (own === '') continue;
    const rawPath = `/${own}`;
    const below = rawPath.startsWith(`${start}/`) && (recursive || !rawPath.includes('/', start.length + 1));
    if (below || rawPath === start) listed.push(listEntry(view, entry, rawPath, layer));
  }
  if (listed.length === 0 && start !== '') throw problem('no-such-path', { path, where: `layer ${layer}` });
  return listed;
}

async function writeJson(host: Host, loaded: LoadedImage, listed: readonly Listed[]): Promise<void> {
  const rows = loaded.union.layers.map((): number[] => []);
  for (const { content } of listed) if (content !== null) rows[content.layer]?.push(content.entry);
  rows.forEach((wanted, layer) => {
    const into = loaded.digests[layer];
    if (into !== undefined && wanted.length > 0)
      hashContents(
        readableLayer(loaded, layer),
        wanted.sort((a, b) => a - b),
        into,
      );
  });
  const contents = new Contents(loaded.union.layers, loaded.digests);
  const objects = listed.map((one) => () => JSON.stringify(toJson(one, one.content && contents.digest(one.content))));
  await writeOut(host.stdout, '[');
  for (let at = 0; at < objects.length; at += batch) {
    const lines = objects.slice(at, at + batch).map((object) => object());
    await writeOut(host.stdout, `${at === 0 ? '\n' : ',\n'}${lines.join(',\n')}`);
  }
  await writeOut(host.stdout, '\n]\n');
}

async function writeText(host: Host, listed: readonly Listed[]): Promise<void> {
  const sizeWidth = String(listed.reduce((most, { size }) => Math.max(most, size), 0)).length;
  for (let at = 0; at < listed.length; at += batch) {
    const lines = listed.slice(at, at + batch).map((one) => `${listingLine(one, sizeWidth)}\n`);
    await writeOut(host.stdout, lines.join(''));
  }
}
