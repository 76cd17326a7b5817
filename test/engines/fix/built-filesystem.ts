import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import type { Docker } from '../docker.ts';

/** What a build leads to, without times. */
export interface BuiltFilesystem {
  /** By path: type, mode, owner and content of each. */
  readonly entries: ReadonlyMap<string, string>;
  /** The image's configuration: environment, labels, command and the like. */
  readonly configuration: unknown;
  /** Of the files in all layers, the base image's included. */
  readonly layerBytes: number;
}

/** Builds with BuildKit. @param folder where the archives are written */
export async function buildFilesystem(
  docker: Docker,
  context: string,
  folder: string,
  args: readonly string[] = [],
): Promise<BuiltFilesystem> {
  const files = join(folder, 'files.tar');
  const image = join(folder, 'image.tar');
  const outputs = [
    `--output=type=tar,dest=${files}`,
    `--output=type=docker,dest=${image},compression=uncompressed,force-compression=true`,
  ];
  await docker.build({
    context,
    tag: 'fix',
    builder: 'buildkit',
    args: ['--provenance=false', ...outputs, ...args],
  });
  const entries = new Map<string, string>();
  await readTar(files, (header, content) => {
    const { name, type, mode = 0, uid, gid, linkname } = header;
    const digest = createHash('sha256').update(content).digest('hex');
    // A directory's bytes and a link's mode say nothing.
    const shown =
      type === 'symlink' ? linkname : type === 'directory' ? mode.toString(8) : `${mode.toString(8)} ${digest}`;
    entries.set(`/${name.replace(/^\.?\/|\/$/g, '')}`, `${type} ${uid}:${gid} ${shown}`);
  });
  const { configuration, layerBytes } = await readImage(image);
  return { entries, configuration, layerBytes };
}

/** How many steps the builder says it took from its cache. */
export async function countCachedSteps(docker: Docker, context: string, args: readonly string[]): Promise<number> {
  const said = await docker.build({
    context,
    tag: 'fix',
    builder: 'buildkit',
    args: ['--output=type=cacheonly', ...args],
  });
  return said.split('\n').filter((line) => /^#\d+ CACHED/.test(line)).length;
}

async function readImage(file: string): Promise<Pick<BuiltFilesystem, 'configuration' | 'layerBytes'>> {
  const blobs = new Map<string, Buffer>();
  let layerBytes = 0;
  await readTar(file, (header, content) => {
    if (header.type !== 'file') return;
    if (content.length < 100_000) blobs.set(header.name, content);
    layerBytes += content.length;
  });
  const manifest = JSON.parse(blobs.get('manifest.json')?.toString() ?? '[]') as readonly { readonly Config: string }[];
  const config = JSON.parse(blobs.get(manifest[0]?.Config ?? '')?.toString() ?? '{}') as { readonly config?: unknown };
  return { configuration: config.config, layerBytes };
}

async function readTar(
  file: string,
  each: (
    header: { name: string; type?: string | null; mode?: number; uid?: number; gid?: number; linkname?: string | null },
    content: Buffer,
  ) => void,
): Promise<void> {
  const unpack = extract();
  const reading = pipeline(createReadStream(file), unpack);
  for await (const entry of unpack) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    each(entry.header, Buffer.concat(chunks));
  }
  await reading;
}
