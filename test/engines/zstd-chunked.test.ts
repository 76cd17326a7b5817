import { createHash } from 'node:crypto';
import { link, mkdir, mkdtemp, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readToc } from '../../src/layer/toc/read-toc.ts';
import { expectSameContents, expectSameLayer, scanWhole } from '../layer/toc/expect-same-layer.ts';
import { archivedLayers } from '../layer/toc/shared-layers.ts';
import { Buildah } from './buildah.ts';
import { writeBusyboxRoot } from './busybox-root.ts';
import { run } from './command.ts';
import { paxHeader, writeTar } from './corpus/tar-header.ts';
import { missingCurrentEngines } from './current/current-root.ts';
import { enterCurrentRoot } from './current/enter-current-root.ts';
import { packWithGnuTar } from './gnu-tar.ts';
import type { Place } from './place.ts';
import { enginesRequired, missingPrograms, PROGRAMS } from './requirements.ts';
import { makeScratch, removeScratch } from './scratch.ts';
import { skopeoCopy } from './skopeo.ts';

const zstdChunked = 'zstd:chunked';

/** Files of every kind: 30 MB, of which some cannot be compressed and some are nothing but zeros. */
async function writeTree(folder: string): Promise<void> {
  const deep = join(folder, 'deep', 'long'.repeat(30), 'dir'.repeat(40));
  await mkdir(deep, { recursive: true });
  await writeFile(join(deep, 'file'), 'deep');
  await mkdir(join(folder, 'many'));
  for (let at = 0; at < 2000; at++) await writeFile(join(folder, 'many', `${at}`), noise(at, (at * 7) % 4001));
  await writeFile(join(folder, 'noise'), noise(-1, 10_000_000));
  await writeFile(join(folder, 'zeros'), Buffer.alloc(5_000_000));
  await writeFile(join(folder, 'holes'), Buffer.concat([noise(-2, 70_000), Buffer.alloc(900_000), noise(-3, 9)]));
  await writeFile(join(folder, 'text'), 'the quick brown fox\n'.repeat(500_000));
  await writeFile(join(folder, 'größe <&>"\\'), '');
  await writeFile(join(folder, '.npmrc'), '//registry/:_authToken=x\n');
  await link(join(folder, 'noise'), join(folder, 'same-noise'));
  await symlink('many/1', join(folder, 'link'));
  await run(PROGRAMS.mknod, [join(folder, 'null'), 'c', '1', '3']);
  await run(PROGRAMS.mknod, [join(folder, 'pipe'), 'p']);
  await utimes(join(folder, 'text'), 1_600_000_000.5, 1_600_000_000.25);
}

/** Bytes that cannot be compressed, always the same. */
function noise(seed: number, size: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(size / 64) }, (_, at) =>
    createHash('sha512').update(`${seed} ${at}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, size);
}

/** An uncompressed image of one layer as `docker save` has it. */
async function writeDockerArchive(path: string, layer: Buffer): Promise<void> {
  const diffId = `sha256:${createHash('sha256').update(layer).digest('hex')}`;
  const config = { architecture: 'amd64', os: 'linux', config: {}, rootfs: { type: 'layers', diff_ids: [diffId] } };
  const manifest = [{ Config: 'config.json', RepoTags: ['test:1'], Layers: ['layer.tar'] }];
  const archive = writeTar([
    { name: 'config.json', content: JSON.stringify(config) },
    { name: 'layer.tar', content: layer },
    { name: 'manifest.json', content: JSON.stringify(manifest) },
  ]);
  await writeFile(path, archive);
}

/** Fails where a layer's manifest does not say what its tar says. @returns how many requests and entries it took */
async function expectSameLayers(archive: string): Promise<{ readonly requests: number; readonly entries: number }[]> {
  const layers = await archivedLayers(archive);
  const figures: { requests: number; entries: number }[] = [];
  for (const { bytes, blob } of layers) {
    const found = await readToc(blob, 'layer');
    if (found === null) throw new Error('no table of contents');
    const requests = blob.reads.length;
    const whole = await scanWhole(bytes, 'zstd');
    expectSameLayer(found, whole);
    await expectSameContents(blob, found, whole);
    figures.push({ requests, entries: whole.index.count });
  }
  return figures;
}

const missingSkopeo = missingPrograms([PROGRAMS.skopeo, PROGRAMS.tar, PROGRAMS.mknod]);
it.runIf(enginesRequired())('every program is there that writes zstd:chunked', () => {
  expect([...missingSkopeo, ...missingCurrentEngines()]).toEqual([]);
});

const skippedSkopeo = missingSkopeo.length === 0 ? '' : ` (skipped: this machine lacks ${missingSkopeo.join(', ')})`;
describe.skipIf(missingSkopeo.length > 0)(`layers that skopeo of Debian 12 wrote${skippedSkopeo}`, () => {
  const converted = async (layer: (scratch: string) => Promise<Buffer>): Promise<string> => {
    const scratch = await makeScratch();
    onTestFinished(() => removeScratch(scratch));
    await writeDockerArchive(join(scratch, 'plain.tar'), await layer(scratch));
    const archive = join(scratch, 'chunked.tar');
    const options = ['--dest-compress-format', zstdChunked];
    await skopeoCopy(`docker-archive:${join(scratch, 'plain.tar')}`, `oci-archive:${archive}`, scratch, options);
    return archive;
  };

  it('are indexed and read as their tars are', async () => {
    const archive = await converted(async (scratch) => {
      const root = join(scratch, 'root');
      await mkdir(root);
      await writeTree(root);
      await packWithGnuTar(root, join(scratch, 'layer.tar'), ['--format=posix']);
      return await readFile(join(scratch, 'layer.tar'));
    });
    expect(await expectSameLayers(archive)).toEqual([{ requests: 1, entries: 2016 }]);
  });

  it('have the attributes and times that their tars have', async () => {
    const records = {
      'SCHILY.xattr.security.capability': Buffer.from([1, 0, 0, 2, 255, 0, 61]),
      'SCHILY.xattr.user.größe': '=',
      mtime: '-1.5',
      uid: '3000000000',
    };
    const tar = writeTar([
      paxHeader(records),
      { name: 'odd', content: 'x'.repeat(600), mode: 0o6755 },
      paxHeader({ mtime: '1700000000.123456789' }),
      { name: 'fine', content: 'fine' },
      { name: 'usr/.wh.gone' },
      { name: 'usr/.wh..wh..opq' },
      { name: '/absolute/../up', content: 'up' },
      { name: 'twice', content: 'once' },
      { name: 'twice', content: 'and again' },
    ]);
    const archive = await converted(async () => await Promise.resolve(tar));
    expect(await expectSameLayers(archive)).toEqual([{ requests: 1, entries: 7 }]);
  });

  it('are not indexed from their manifests where those cannot say a name', async () => {
    const tar = writeTar([{ name: Buffer.from('caf\u00e9', 'latin1'), content: 'x' }]);
    const [layer] = await archivedLayers(await converted(async () => await Promise.resolve(tar)));
    if (layer === undefined) throw new Error('no layer');
    await expect(readToc(layer.blob, 'layer')).rejects.toMatchObject({
      code: 'toc-damaged',
      message: expect.stringContaining('not UTF-8') as string,
    });
  });
});

const missingBuildah = missingCurrentEngines();
const skippedBuildah = missingBuildah.length === 0 ? '' : ` (skipped: this machine lacks ${missingBuildah.join(', ')})`;
describe.skipIf(missingBuildah.length > 0)(`layers that buildah of today wrote${skippedBuildah}`, () => {
  let scratch: string;
  let place: Place;

  beforeAll(async () => {
    scratch = await makeScratch();
    const { within, leave } = await enterCurrentRoot(scratch);
    const buildahOptions = ['--ulimit=nofile=1024:1024', '--ulimit=nproc=1024:1024'];
    place = { within, leave, daemonConfig: {}, buildahOptions };
  });
  afterAll(async () => {
    await place.leave();
    await removeScratch(scratch);
  });

  it('are indexed and read as their tars are', async () => {
    const context = await mkdtemp(join(scratch, 'context-'));
    await writeBusyboxRoot(join(context, 'base'));
    await mkdir(join(context, 'tree'));
    await writeTree(join(context, 'tree'));
    await packWithGnuTar(join(context, 'tree'), join(context, 'tree.tar'), ['--format=posix']);
    const steps = ['FROM scratch', 'COPY base/ /', 'ADD tree.tar /app/', 'RUN rm -r /app/many && echo new > /app/text'];
    await writeFile(join(context, 'Dockerfile'), `${steps.join('\n')}\n`);
    await mkdir(join(scratch, 'buildah'));
    const buildah = new Buildah(join(scratch, 'buildah'), place);
    await buildah.build({ context, tag: 'localhost/chunked:1' });
    const archive = join(scratch, 'chunked.tar');
    await buildah.push('localhost/chunked:1', `oci-archive:${archive}`, ['--compression-format', zstdChunked]);
    const figures = await expectSameLayers(archive);
    expect(figures.map(({ requests }) => requests)).toEqual([1, 1, 1]);
    expect(figures[1]?.entries).toBeGreaterThan(2000);
  });
});
