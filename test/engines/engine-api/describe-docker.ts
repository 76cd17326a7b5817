import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectDocker } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { makeCertificates } from '../../engine/certificates.ts';
import { complaintOf } from '../../engine/complaint.ts';
import { run } from '../command.ts';
import { BASE, type Engines } from '../engines.ts';
import { PROGRAMS } from '../requirements.ts';
import { dialHere } from './dial-here.ts';
import { exportImage } from './exported-image.ts';

export interface DockerSuite {
  readonly name: string;
  /** What this machine lacks for it. */
  readonly missing: readonly string[];
  readonly start: () => Promise<Engines>;
  /** Whether its store keeps several platforms of an image. */
  readonly platforms: boolean;
}

export function describeDocker({ name, missing, start: startEngines, platforms }: DockerSuite): void {
  describe.skipIf(missing.length > 0)(name, () => {
    let engines: Engines;
    let socket: string;
    let context: string;
    const engineAt = async (env: Record<string, string>): Promise<Engine> =>
      await connectDocker({ env: { HOME: engines.scratch, ...env }, platform: 'linux' });
    const client = async (args: readonly string[], env: Record<string, string> = {}): Promise<string> =>
      (await run(PROGRAMS.docker, args, { env: { DOCKER_HOST: engines.docker.host, ...env } })).toString();
    const inspect = async (image: string, field: string): Promise<unknown> =>
      JSON.parse(await client(['inspect', '--format', `{{json ${field}}}`, image]));

    beforeAll(async () => {
      engines = await startEngines();
      socket = engines.docker.host.replace('unix://', '');
      context = join(engines.scratch, 'context');
      await mkdir(context);
      await writeFile(join(context, 'Dockerfile'), `FROM ${BASE}\nCOPY Dockerfile /a\nCOPY random /b\n`);
      // More than the buffers between an engine and its reader hold.
      await writeFile(join(context, 'random'), randomBytes(30_000_000));
      await engines.docker.build({ context, tag: 'app:dev', builder: 'buildkit' });
      for (const tag of ['app:2', 'second:latest', 'second:3', 'localhost:5000/some/app:1'])
        await client(['tag', 'app:dev', tag]);
    });
    afterAll(async () => {
      await engines.stop();
    });

    test('gives the layers that it has, by every name', async () => {
      const engine = await engineAt({ DOCKER_HOST: engines.docker.host });
      const layers = await inspect('app:dev', '.RootFS.Layers');
      expect(layers).toHaveLength(3);
      const id = String(await inspect('app:dev', '.Id'));
      const names: Record<string, readonly string[]> = {
        'app:dev': ['app:dev'],
        second: ['second:latest'],
        'docker.io/library/second': ['second:latest'],
        'localhost:5000/some/app:1': ['localhost:5000/some/app:1'],
        [id]: [],
        [id.slice(7)]: [],
        [id.slice(7, 19)]: [],
      };
      for (const [asked, tags] of Object.entries(names)) {
        expect(await engine.has(asked), asked).toBe(true);
        const image = await exportImage(engine, asked, engines.scratch);
        expect({ asked, names: image.names, layers: image.layers }).toEqual({ asked, names: tags, layers });
      }
      engine.close();
    });

    test('says what it has not', async () => {
      const engine = await engineAt({ DOCKER_HOST: engines.docker.host });
      for (const none of ['app', 'app:none', 'other/app:dev', 'UPPER', '0123456789ab']) {
        expect(await engine.has(none), none).toBe(false);
        expect((await complaintOf(engine.export(none, null))).code).toBe('no-engine-image');
      }
      engine.close();
    });

    test('is dialled through ssh', async () => {
      const PATH = await dialHere(join(engines.scratch, 'bin'));
      const engine = await engineAt({ PATH, DOCKER_HOST: `ssh://me@build${socket}` });
      const { layers } = await exportImage(engine, 'app:dev', engines.scratch);
      engine.close();
      expect(layers).toEqual(await inspect('app:dev', '.RootFS.Layers'));
      const absent = await complaintOf(engineAt({ PATH, DOCKER_HOST: `ssh://me@build${socket}.none` }));
      expect(absent).toMatchObject({ code: 'engine-ssh', message: expect.stringContaining('.none') });
    });

    test('is found by contexts that its client has made, with TLS', async () => {
      const { folder, server } = makeCertificates();
      // dockerd itself speaks TLS only over a network.
      const front = createServer({ ...server, requestCert: true, rejectUnauthorized: true }, (secured) => {
        const plain = connect(socket);
        secured.pipe(plain).pipe(secured);
        for (const end of [secured, plain]) end.on('error', () => undefined);
      });
      const port = await listen(front);
      const files = ['ca', 'cert', 'key'].map((pem) => `${pem}=${join(folder, `${pem}.pem`)}`).join(',');
      const DOCKER_CONFIG = join(engines.scratch, 'contexts');
      const make = (context: string, docker: string): Promise<string> =>
        client(['context', 'create', context, '--docker', docker], { DOCKER_CONFIG });
      await make('secured', `host=tcp://localhost:${port},${files}`);
      await make('here', `host=${engines.docker.host}`);
      await run(PROGRAMS.docker, ['context', 'use', 'here'], { env: { DOCKER_CONFIG } });
      const secured = await engineAt({ DOCKER_CONFIG, DOCKER_CONTEXT: 'secured' });
      expect([secured.address, await secured.has('app:dev')]).toEqual([`tcp://localhost:${port}`, true]);
      secured.close();
      const here = await engineAt({ DOCKER_CONFIG });
      expect([here.address, await here.has('app:dev')]).toEqual([engines.docker.host, true]);
      here.close();
      front.close();
    });

    if (platforms)
      test('gives the platform asked for', async () => {
        await writeFile(join(context, 'Dockerfile'), `FROM scratch\nARG TARGETARCH\nCOPY Dockerfile /of-$TARGETARCH\n`);
        const args = ['--platform=linux/amd64,linux/arm64'];
        await engines.docker.build({ context, tag: 'multi:1', builder: 'buildkit', args });
        const engine = await engineAt({ DOCKER_HOST: engines.docker.host });
        for (const architecture of ['amd64', 'arm64']) {
          const platform = { os: 'linux', architecture, variant: null };
          expect((await exportImage(engine, 'multi:1', engines.scratch, platform)).architecture).toBe(architecture);
        }
        const none = { os: 'linux', architecture: 's390x', variant: null };
        const { code, message } = await complaintOf(engine.export('multi:1', none));
        expect([code, message]).toEqual(['engine-refused', expect.stringContaining('linux/s390x')]);
        engine.close();
      });

    // The last, as nothing answers after it.
    test('ends in the middle of an export', async () => {
      const engine = await engineAt({ DOCKER_HOST: engines.docker.host });
      const chunks = (await engine.export('app:dev', null))[Symbol.asyncIterator]();
      expect((await chunks.next()).done).toBe(false);
      await engines.docker.stop();
      const rest = async (): Promise<void> => {
        while ((await chunks.next()).done !== true);
      };
      const complaint = await complaintOf(rest());
      // Docker 28 has time to say so, behind what it has sent.
      expect(complaint.message).toMatch(/the export of app:dev broke off after \d+ bytes|does not give app:dev: ./);
      const gone = await complaintOf(engineAt({ DOCKER_HOST: engines.docker.host }));
      expect(gone.code).toBe('engine-unreachable');
    });
  });
}

/** @returns the port */
async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
