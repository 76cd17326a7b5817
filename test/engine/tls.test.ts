import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectDocker } from '../../src/engine/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { type Certificates, makeCertificates } from './certificates.ts';
import { complaintOf } from './complaint.ts';
import { fakeEngine, start, testFolder } from './fake-engine.ts';

/** An engine that takes only clients whom its CA vouches for. @returns its port */
async function secured({ server }: Certificates, requestCert = true): Promise<number> {
  const made = createServer({ ...server, requestCert, rejectUnauthorized: requestCert }, fakeEngine().listener);
  return ((await start(made, 0)).address() as AddressInfo).port;
}

async function docker(env: Record<string, string>): Promise<Engine> {
  return await connectDocker({ env, platform: 'linux' });
}

test('both sides prove who they are', async () => {
  const certificates = makeCertificates();
  const port = await secured(certificates);
  const env = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certificates.folder };
  const engine = await docker({ ...env, DOCKER_HOST: `tcp://localhost:${port}` });
  expect(await engine.has('app:dev')).toBe(true);
  engine.close();
});

test('a context brings its certificates', async () => {
  const certificates = makeCertificates();
  const config = testFolder();
  const id = createHash('sha256').update('remote').digest('hex');
  const meta = join(config, 'contexts/meta', id);
  mkdirSync(meta, { recursive: true });
  const Host = `tcp://localhost:${await secured(certificates)}`;
  writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: 'remote', Endpoints: { docker: { Host } } }));
  cpSync(certificates.folder, join(config, 'contexts/tls', id, 'docker'), { recursive: true });
  const engine = await docker({ DOCKER_CONFIG: config, DOCKER_CONTEXT: 'remote' });
  expect(await engine.has('app:dev')).toBe(true);
  engine.close();
});

test.each([
  [
    'an engine that another CA vouches for',
    'localhost',
    ['cert.pem', 'key.pem'],
    /^tcp:.*: TLS failed \(self-signed certificate in cert/,
  ],
  [
    'an engine of another name',
    '127.0.0.1',
    ['ca.pem', 'cert.pem', 'key.pem'],
    /TLS failed \(Hostname\/IP does not match certificate's altnames/,
  ],
  ['a client without a certificate', 'localhost', ['ca.pem'], /TLS failed \(.*certificate required/],
])('%s is refused', async (_, host, pems, message) => {
  const certificates = makeCertificates();
  const port = await secured(certificates);
  const folder = testFolder();
  for (const pem of pems) cpSync(join(certificates.folder, pem), join(folder, pem));
  const env = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder, DOCKER_HOST: `tcp://${host}:${port}` };
  const complaint = await complaintOf(docker(env));
  expect(complaint.code).toBe('engine-tls');
  expect(complaint.message).toMatch(message);
  expect(complaint.message).toMatch(`Its ca.pem, cert.pem and key.pem belong in ${folder}.`);
});

test('DOCKER_TLS alone does not ask who the engine is', async () => {
  const certificates = makeCertificates();
  const port = await secured(certificates);
  rmSync(join(certificates.folder, 'ca.pem'));
  const env = { DOCKER_CERT_PATH: certificates.folder, DOCKER_HOST: `tcp://127.0.0.1:${port}` };
  const engine = await docker({ ...env, DOCKER_TLS: '1' });
  expect(await engine.has('app:dev')).toBe(true);
  engine.close();
  expect((await complaintOf(docker({ ...env, DOCKER_TLS: '1', DOCKER_TLS_VERIFY: '1' }))).code).toBe('engine-tls');
});

test('https:// without anything more trusts whom the system trusts', async () => {
  const port = await secured(makeCertificates(), false);
  const complaint = await complaintOf(docker({ DOCKER_HOST: `https://localhost:${port}`, HOME: testFolder() }));
  expect(complaint.message).toMatch(/TLS failed .* belong in DOCKER_CERT_PATH, with DOCKER_TLS_VERIFY=1\./);
});

test('TLS is spoken on one side only', async () => {
  const certificates = makeCertificates();
  const port = await secured(certificates);
  const plain = await complaintOf(docker({ DOCKER_HOST: `tcp://localhost:${port}`, HOME: testFolder() }));
  expect(['engine-unreachable', 'not-an-engine']).toContain(plain.code);
  const open = ((await start(createPlainServer(fakeEngine().listener), 0)).address() as AddressInfo).port;
  const env = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certificates.folder };
  expect((await complaintOf(docker({ ...env, DOCKER_HOST: `tcp://localhost:${open}` }))).code).toBe('engine-tls');
});

test('a key that is none is refused', async () => {
  const { folder, server } = makeCertificates();
  const port = await secured({ folder, server });
  writeFileSync(join(folder, 'key.pem'), 'no key');
  const env = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder, DOCKER_HOST: `tcp://localhost:${port}` };
  expect((await complaintOf(docker(env))).code).toBe('engine-tls');
});
