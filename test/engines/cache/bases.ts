import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { type ImageConfig, imageConfigSchema } from '../../../src/image/config.ts';
import { type TarEntry, writeTar } from '../corpus/tar-header.ts';
import { PROGRAMS } from '../requirements.ts';

/** What the runtime configuration of a base says besides its PATH. */
interface BaseConfig {
  readonly Env?: readonly string[];
  readonly Labels?: Readonly<Record<string, string>>;
  readonly WorkingDir?: string;
}

interface Base {
  readonly files: Readonly<Record<string, string>>;
  readonly config: BaseConfig;
}

const accounts = {
  'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/:/bin/sh\n',
  'etc/group': 'root:x:0:\napp:x:1000:\n',
};

/** The base images, each a variation of `plain`. */
const bases = {
  plain: { files: accounts, config: {} },
  next: { files: { ...accounts, 'etc/version': '2\n' }, config: {} },
  labelled: { files: accounts, config: { Labels: { release: '2' } } },
  environment: { files: accounts, config: { Env: ['EDITION=2'] } },
  workdir: { files: accounts, config: { WorkingDir: '/srv' } },
} satisfies Record<string, Base>;

export type BaseName = keyof typeof bases;

export const baseNames = ['plain', 'next', 'labelled', 'environment', 'workdir'] as const satisfies BaseName[];

/** A builder's name for a base. */
export function baseReference(name: BaseName): string {
  return `localhost/${name}:latest`;
}

/** The image that stands for whichever base a state says: the one that moves. */
export const movingReference = 'localhost/moving:latest';

/** The applets that RUN steps need: a builder that copies its root for each step has few files to copy. */
const applets = ['sh', 'cat', 'cp', 'mkdir', 'od', 'rm', 'head', 'touch', 'true'];

/**
 * Writes all bases to one archive of `docker save`'s form, as every builder reads it.
 *
 * @returns their configurations
 */
export async function writeBases(file: string): Promise<ReadonlyMap<BaseName, ImageConfig>> {
  const busybox = await readFile(PROGRAMS.busybox);
  const configs = new Map<BaseName, ImageConfig>();
  const entries = new Map<string, TarEntry>();
  const manifest: unknown[] = [];
  for (const name of baseNames) {
    const { files, config }: Base = bases[name];
    const layer = rootLayer(busybox, files);
    const stored = configOf(config, sha256(layer));
    const text = JSON.stringify(stored);
    const configName = `${sha256(text)}.json`;
    const layerName = `${sha256(layer)}.tar`;
    entries.set(layerName, { name: layerName, content: layer });
    entries.set(configName, { name: configName, content: text });
    manifest.push({ Config: configName, RepoTags: [baseReference(name)], Layers: [layerName] });
    configs.set(name, v.parse(imageConfigSchema, stored));
  }
  await writeFile(file, writeTar([...entries.values(), { name: 'manifest.json', content: JSON.stringify(manifest) }]));
  return configs;
}

function configOf({ Env = [], ...rest }: BaseConfig, diffId: string): Record<string, unknown> {
  return {
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    created: '2026-01-01T00:00:00Z',
    config: { Env: ['PATH=/bin', ...Env], ...rest },
    rootfs: { type: 'layers', diff_ids: [`sha256:${diffId}`] },
    history: [{ created: '2026-01-01T00:00:00Z', created_by: 'base' }],
  };
}

function rootLayer(busybox: Buffer, files: Readonly<Record<string, string>>): Buffer {
  return writeTar([
    ...['bin/', 'etc/', 'root/', 'tmp/'].map((name) => ({ name, type: '5', mode: name === 'tmp/' ? 0o1777 : 0o755 })),
    { name: 'bin/busybox', content: busybox, mode: 0o755 },
    ...applets.map((name) => ({ name: `bin/${name}`, type: '2', link: 'busybox', mode: 0o777 })),
    ...Object.entries(files).map(([name, content]) => ({ name, content })),
  ]);
}

function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
