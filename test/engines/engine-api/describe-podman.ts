import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectDocker, connectPodman } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { complaintOf } from '../../engine/complaint.ts';
import { writeBusyboxRoot } from '../busybox-root.ts';
import { packWithGnuTar } from '../gnu-tar.ts';
import { makeScratch, removeScratch } from '../scratch.ts';
import { dialHere } from './dial-here.ts';
import { exportImage } from './exported-image.ts';
import { type PodmanService, startPodmanService } from './podman-service.ts';

export function describePodman(missing: readonly string[]): void {
  describe.skipIf(missing.length > 0)("Debian's Podman", () => {
    let scratch: string;
    let service: PodmanService;
    const engineAt = async (env: Record<string, string>): Promise<Engine> =>
      await connectPodman({ env, platform: 'linux' });
    const inspect = async (image: string, field: string): Promise<unknown> =>
      JSON.parse(await service.podman(['inspect', '--format', `{{json ${field}}}`, image]));

    beforeAll(async () => {
      scratch = await makeScratch();
      await writeBusyboxRoot(join(scratch, 'root'));
      await packWithGnuTar(join(scratch, 'root'), join(scratch, 'base.tar'), ['--owner=0', '--group=0']);
      // Where a user's own service listens.
      service = await startPodmanService(join(scratch, 'podman'));
      await service.podman(['import', join(scratch, 'base.tar'), 'base:1']);
      const context = join(scratch, 'context');
      await mkdir(context);
      await writeFile(join(context, 'Dockerfile'), 'FROM localhost/base:1\nCOPY Dockerfile /a\nCOPY Dockerfile /b\n');
      await service.podman(['build', '--layers', '--network=host', '--tag=app:dev', context]);
      const tags = ['localhost/app:2', 'localhost/second:latest', 'quay.io/some/other:1', 'docker.io/library/hub:1'];
      await service.podman(['tag', 'localhost/app:dev', ...tags]);
    });
    afterAll(async () => {
      await service.stop();
      await removeScratch(scratch);
    });

    test('gives the layers that it has, by every name', async () => {
      const engine = await engineAt({ XDG_RUNTIME_DIR: scratch });
      expect([engine.kind, engine.address]).toEqual(['podman', `unix://${scratch}/podman/podman.sock`]);
      const layers = await inspect('app:dev', '.RootFS.Layers');
      expect(layers).toHaveLength(3);
      const id = String(await inspect('app:dev', '.ID'));
      const names: Record<string, readonly string[]> = {
        'app:dev': ['localhost/app:dev'],
        'localhost/app:2': ['localhost/app:2'],
        second: ['localhost/second:latest'],
        'some/other:1': ['quay.io/some/other:1'],
        'hub:1': ['docker.io/library/hub:1'],
        [id]: [],
        [id.slice(0, 12)]: [],
      };
      for (const [asked, tags] of Object.entries(names)) {
        expect(await engine.has(asked), asked).toBe(true);
        const image = await exportImage(engine, asked, scratch);
        expect({ asked, names: image.names, layers: image.layers }).toEqual({ asked, names: tags, layers });
      }
      engine.close();
    });

    test('says what it has not', async () => {
      const engine = await engineAt({ CONTAINER_HOST: `unix://${service.path}` });
      for (const none of ['app', 'app:none', 'elsewhere/app:dev', 'UPPER', '0123456789ab']) {
        expect(await engine.has(none), none).toBe(false);
        expect((await complaintOf(engine.export(none, null))).code).toBe('no-engine-image');
      }
      engine.close();
    });

    test('is dialled through ssh', async () => {
      const PATH = await dialHere(join(scratch, 'bin'));
      const engine = await engineAt({ PATH, HOME: scratch, CONTAINER_HOST: `ssh://core@machine${service.path}` });
      const { layers } = await exportImage(engine, 'app:dev', scratch);
      engine.close();
      expect(layers).toEqual(await inspect('app:dev', '.RootFS.Layers'));
    });

    test('is told where Docker is looked for', async () => {
      const engine = await connectDocker({ env: { DOCKER_HOST: `unix://${service.path}` }, platform: 'linux' });
      expect([engine.kind, await engine.has('app:dev')]).toEqual(['podman', true]);
      engine.close();
    });
  });
}
