import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison, Pull } from '../../src/comparison/comparison.ts';
import { runFake } from '../commands/fake-host.ts';
import { type LayerBlob, writeOciLayout } from './corpus/oci-layout.ts';
import { writeTar } from './corpus/tar-header.ts';
import { missingCurrentEngines } from './current/current-root.ts';
import { startCurrentEngines } from './current/start-current-engines.ts';
import { type Engines, startEngines } from './engines.ts';
import { type FaultProxy, startFaultProxy } from './registry/fault-proxy.ts';
import { pushImage } from './registry/push-image.ts';
import { startRegistry } from './registry/start-registry.ts';
import { enginesRequired, missingEngines, missingPrograms, PROGRAMS } from './requirements.ts';

type Layers = (layer: (name: string, level?: number) => LayerBlob) => readonly LayerBlob[];

/** The old image has A, B and C; a layer with another level holds the same, compressed otherwise. */
const changes: Readonly<Record<string, Layers>> = {
  'a layer more': (layer) => [layer('A'), layer('B'), layer('C'), layer('D')],
  'another layer in the middle': (layer) => [layer('A'), layer('X'), layer('C')],
  'another order': (layer) => [layer('A'), layer('C'), layer('B')],
  'a layer less': (layer) => [layer('A'), layer('C')],
  'compressed anew, and a layer more': (layer) => [layer('A'), layer('B', 1), layer('C'), layer('D')],
  'compressed anew above another layer': (layer) => [layer('A'), layer('X'), layer('C', 1)],
  'compressed anew below another layer': (layer) => [layer('A', 1), layer('X'), layer('C')],
  'a layer twice': (layer) => [layer('A'), layer('B'), layer('C'), layer('D'), layer('D')],
  'nothing in common': (layer) => [layer('X'), layer('Y')],
};
const old: Layers = (layer) => [layer('A'), layer('B'), layer('C')];

/** What nobody fetches twice in one image but those who copy layers beside each other. */
const racy = 'a layer twice';

interface Store {
  readonly name: keyof Pull;
  readonly pull: (engines: Engines, image: string) => Promise<void>;
}

const docker = async ({ docker: engine }: Engines, image: string): Promise<void> => await engine.pull(image);
const buildah = async ({ buildah: engine }: Engines, image: string): Promise<void> =>
  await engine.pull(`docker://${image}`, ['--tls-verify=false']);

const suites = [
  {
    name: "Docker's own store and containers-storage",
    missing: missingEngines(),
    start: startEngines,
    stores: [
      { name: 'docker', pull: docker },
      { name: 'podman', pull: buildah },
    ],
  },
  {
    name: 'containerd and containers-storage of today',
    missing: [...missingCurrentEngines(), ...missingPrograms([PROGRAMS.dockerRegistry, PROGRAMS.skopeo])],
    start: startCurrentEngines,
    stores: [
      { name: 'containerd', pull: docker },
      { name: 'podman', pull: buildah },
    ],
  },
] as const satisfies readonly {
  readonly name: string;
  readonly missing: readonly string[];
  readonly start: () => Promise<Engines>;
  readonly stores: readonly Store[];
}[];

describe.each(suites)('what a pull fetches: $name', ({ missing, start, stores }) => {
  it.runIf(enginesRequired())('every engine is installed', () => {
    expect(missing).toEqual([]);
  });

  describe.skipIf(missing.length > 0)(missing.length === 0 ? 'pulled' : `skipped: no ${missing.join(', ')}`, () => {
    let engines: Engines;
    let registry: Awaited<ReturnType<typeof startRegistry>>;
    let proxy: FaultProxy;

    beforeAll(async () => {
      engines = await start();
      registry = await startRegistry(join(engines.scratch, 'registry'));
      proxy = await startFaultProxy(registry.host, () => null);
    }, 300_000);
    afterAll(async () => {
      await proxy.stop();
      await registry.stop();
      await engines.stop();
    });

    it.each(stores.flatMap(({ name, pull }) => Object.keys(changes).map((change) => ({ name, pull, change }))))(
      '$name: $change',
      async ({ name, pull, change }) => {
        // Nothing that another case left in the store is in this one.
        const repository = `${name}/${createHash('sha256').update(change).digest('hex').slice(0, 12)}`;
        const layer = (content: string, level = 6): LayerBlob => layerOf(`${repository}/${content}`, level);
        const push = async (tag: string, layers: readonly LayerBlob[]): Promise<void> => {
          const layout = join(engines.scratch, 'layouts', repository, tag);
          await writeOciLayout(layout, 'image', layers);
          await pushImage(registry, `oci:${layout}:image`, `${repository}:${tag}`, engines.scratch);
        };
        const now = changes[change]?.(layer) ?? [];
        await push('old', old(layer));
        await push('new', now);
        const { stdout, stderr } = await runFake(
          [
            'diff',
            `registry:${registry.host}/${repository}:old`,
            `registry:${registry.host}/${repository}:new`,
            '--json',
          ],
          { env: { HOME: engines.scratch } },
        );
        expect(stderr).toBe('');
        const { [name]: told } = (JSON.parse(stdout) as Comparison).pull;

        await pull(engines, `${proxy.host}/${repository}:old`);
        const before = proxy.seen.length;
        await pull(engines, `${proxy.host}/${repository}:new`);
        const fetched = proxy.seen
          .slice(before)
          .filter(({ method, path }) => method === 'GET' && path.includes('/blobs/'))
          .map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
        const blobs = new Map(
          now.map(({ compressed }) => [digestOf(compressed?.bytes), compressed?.bytes.length ?? 0]),
        );
        const layers = fetched.filter((digest) => blobs.has(digest));
        const once = [...new Set(layers)];
        if (change !== racy) expect(layers).toHaveLength(once.length);
        expect([told.layers, told.compressedBytes]).toEqual([
          once.length,
          once.reduce((sum, digest) => sum + (blobs.get(digest) ?? 0), 0),
        ]);
      },
      120_000,
    );
  });
});

function digestOf(bytes: Buffer = Buffer.alloc(0)): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** A layer whose blob differs with the level, and in size from all others. */
function layerOf(name: string, level: number): LayerBlob {
  const length = 20_000 + (name.codePointAt(name.length - 1) ?? 0) * 100;
  const lines = Array.from({ length: length / 64 }, (_, at) =>
    createHash('sha256').update(`${name} ${at}`).digest('hex'),
  );
  const tar = writeTar([{ name: 'file', content: lines.join('') }]);
  return { tar, compressed: { bytes: gzipSync(tar, { level }), as: 'gzip' } };
}
