import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Engine } from '../../../src/engine/engine.ts';
import type { Platform } from '../../../src/image/platform.ts';
import { run } from '../command.ts';
import { PROGRAMS } from '../requirements.ts';

/** What an archive says, read without any code of ours. */
export interface ExportedImage {
  readonly names: readonly string[];
  readonly architecture: string;
  /** Digests of the layers' tars, as they are and not as the configuration has them. */
  readonly layers: readonly string[];
}

interface ArchiveManifest {
  readonly Config: string;
  readonly RepoTags: readonly string[] | null;
  readonly Layers: readonly string[];
}

let exported = 0;

/** Exports an image, unpacks the archive with GNU tar and hashes its layers. One image has to be in it. */
export async function exportImage(
  engine: Engine,
  name: string,
  scratch: string,
  platform: Platform | null = null,
): Promise<ExportedImage> {
  const folder = join(scratch, `exported-${exported++}`);
  await mkdir(folder);
  await pipeline(await engine.export(name, platform), createWriteStream(`${folder}.tar`));
  await run(PROGRAMS.tar, ['--extract', `--file=${folder}.tar`, `--directory=${folder}`]);
  const images = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as readonly ArchiveManifest[];
  const [image, ...others] = images;
  if (image === undefined || others.length > 0) throw new Error(`${images.length} images`);
  const config = JSON.parse(await readFile(join(folder, image.Config), 'utf8')) as { readonly architecture: string };
  const layers: string[] = [];
  for (const layer of image.Layers) layers.push(await digestOfTar(join(folder, layer)));
  return { names: image.RepoTags ?? [], architecture: config.architecture, layers };
}

async function digestOfTar(file: string): Promise<string> {
  const hash = createHash('sha256');
  const start = (await readFile(file)).subarray(0, 2);
  if (start.equals(Buffer.from([0x1f, 0x8b]))) await pipeline(createReadStream(file), createGunzip(), hash);
  else await pipeline(createReadStream(file), hash);
  return `sha256:${hash.digest('hex')}`;
}
