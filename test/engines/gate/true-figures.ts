import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../command.ts';
import { PROGRAMS } from '../requirements.ts';
import { skopeoCopy } from '../skopeo.ts';
import { walk } from '../truth/walk.ts';
import { umociUnpack } from '../umoci.ts';

/** A regular file or whiteout of a layer, or another entry that is no directory. */
interface TarredFile {
  readonly path: string;
  readonly bytes: number;
}

/** An image in figures, by nothing of ours: GNU tar lists its layers, and umoci unpacks it. There are no hard links. */
export class TrueFigures {
  private readonly layers: readonly (readonly TarredFile[])[];
  /** Paths that are no directories, by umoci. */
  private readonly visible: ReadonlySet<string>;

  constructor(layers: readonly (readonly TarredFile[])[], visible: ReadonlySet<string>) {
    this.layers = layers;
    this.visible = visible;
  }

  get layerCount(): number {
    return this.layers.length;
  }

  /** Bytes of each layer below a path. */
  sizes(below = '/'): number[] {
    return this.layers.map((files) => sum(files.filter(({ path }) => path.startsWith(below))));
  }

  /** Of each layer's bytes, those that nobody sees: a higher layer has the path, or it is gone. */
  wasted(below = '/'): number[] {
    return this.layers.map((files, layer) =>
      sum(files.filter(({ path }) => path.startsWith(below) && this.topOf(path) !== layer)),
    );
  }

  /** Of the final filesystem, by the layer that they are in. */
  files(below = '/'): number[] {
    const paths = [...this.visible].filter((path) => path.startsWith(below));
    return this.layers.map((_, layer) => paths.filter((path) => this.topOf(path) === layer).length);
  }

  /** By dive's formula: what the smallest copy of each path has, of what all copies have. */
  get efficiency(): number {
    const copies = new Map<string, number[]>();
    for (const { path, bytes } of this.layers.flat()) {
      const plain = path.replace(/\/\.wh\.([^/]*)$/, '/$1');
      copies.set(plain, [...(copies.get(plain) ?? []), bytes]);
    }
    const all = [...copies.values()];
    const least = all.reduce((total, each) => total + Math.min(...each), 0);
    return least / all.flat().reduce((total, bytes) => total + bytes, 0);
  }

  /** The highest layer that has it, if it is there in the end. */
  private topOf(path: string): number {
    return this.visible.has(path) ? this.layers.findLastIndex((files) => files.some((each) => each.path === path)) : -1;
  }
}

function sum(files: readonly TarredFile[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}

/** Adds up. */
export function total(figures: readonly number[]): number {
  return figures.reduce((before, each) => before + each, 0);
}

/** Reads an image of a docker archive. @param folder for what is unpacked, gone in the end */
export async function trueFigures(archive: string, tag: string, folder: string): Promise<TrueFigures> {
  await mkdir(folder);
  const layout = join(folder, 'layout');
  await skopeoCopy(`docker-archive:${archive}:${tag}`, `oci:${layout}:it`, folder);
  const blob = (digest: string): string => join(layout, 'blobs', digest.replace(':', '/'));
  const read = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as Described;
  const [first] = (await read(join(layout, 'index.json'))).manifests ?? [];
  const { layers = [] } = await read(blob(first?.digest ?? ''));
  const listed: TarredFile[][] = [];
  for (const { digest } of layers) listed.push(await listTar(blob(digest)));
  const root = await umociUnpack(layout, 'it', join(folder, 'bundle'));
  const visible = walk(root).filter(({ type }) => type !== 'dir');
  await rm(folder, { recursive: true });
  return new TrueFigures(listed, new Set(visible.map(({ path }) => path)));
}

interface Described {
  readonly manifests?: readonly { readonly digest: string }[];
  readonly layers?: readonly { readonly digest: string }[];
}

async function listTar(file: string): Promise<TarredFile[]> {
  const listing = await run(PROGRAMS.tar, ['--list', '--verbose', '--numeric-owner', '-f', file]);
  const lines = listing.toString().split('\n').filter(Boolean);
  return lines.flatMap((line) => {
    const [, type = '', size = '', name = ''] = /^(.)\S+ \S+ +(\d+|\d+,\d+) \S+ \S+ (.*?)(?: -> .*)?$/.exec(line) ?? [];
    if (name === '') throw new Error(`GNU tar says: ${line}`);
    if (type === 'd') return [];
    if (type === 'h') throw new Error(`a hard link: ${line}`);
    return [{ path: `/${name.replace(/^\.?\//, '')}`, bytes: type === '-' ? Number(size) : 0 }];
  });
}
