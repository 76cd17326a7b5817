import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { connectDocker, connectPodman } from '../../src/engine/connect.ts';
import { complaintOf } from './complaint.ts';
import { fakeEngine, listen, testFolder } from './fake-engine.ts';

interface Ssh {
  readonly env: Readonly<Record<string, string>>;
  /** The arguments of every run. */
  readonly runs: () => readonly (readonly string[])[];
}

/** A program named ssh that writes down its arguments and does what it is told, in JavaScript. */
function fakeSsh(does: string): Ssh {
  const folder = testFolder();
  const log = join(folder, 'runs');
  const file = join(folder, 'bin/ssh');
  mkdirSync(join(folder, 'bin'));
  const noted = `require('fs').appendFileSync(${JSON.stringify(log)}, JSON.stringify(process.argv.slice(2)) + '\\n');`;
  writeFileSync(file, `#!${process.execPath}\n${noted}\n${does}\n`);
  chmodSync(file, 0o755);
  return {
    env: { PATH: [dirname(file), process.env['PATH'] ?? ''].join(delimiter) },
    runs: () =>
      readFileSync(log, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as string[]),
  };
}

/** What `docker system dial-stdio` does at the other end. */
function dials(socket: string): string {
  return `const s = require('net').connect(${JSON.stringify(socket)}); process.stdin.pipe(s); s.pipe(process.stdout);`;
}

test('an export through ssh takes one login', async () => {
  const big = Buffer.alloc(3_000_000, 'layer');
  const fake = fakeEngine({ '/v1.51/images/app%3Adev/get': (response) => response.end(big) });
  const ssh = fakeSsh(dials(await listen(fake.listener)));
  const env = { ...ssh.env, DOCKER_HOST: 'ssh://me@build.example.org:2222/run/user/7/docker.sock' };
  const engine = await connectDocker({ env, platform: 'linux' });
  expect(engine.address).toBe('ssh://me@build.example.org:2222/run/user/7/docker.sock');
  const chunks: Buffer[] = [];
  for await (const chunk of await engine.export('app:dev', null)) chunks.push(chunk);
  engine.close();
  expect(Buffer.concat(chunks).equals(big)).toBe(true);
  const login = ['-o', 'ConnectTimeout=30', '-T', '-l', 'me', '-p', '2222', '--', 'build.example.org'];
  const dial = ['docker', '--host', 'unix:///run/user/7/docker.sock', 'system', 'dial-stdio'];
  expect(ssh.runs()).toEqual([[...login, ...dial]]);
});

test('nothing but the host need be said', async () => {
  const ssh = fakeSsh(dials(await listen(fakeEngine().listener)));
  const engine = await connectDocker({ env: { ...ssh.env, DOCKER_HOST: 'ssh://build' }, platform: 'linux' });
  expect(await engine.has('app:dev')).toBe(true);
  engine.close();
  expect(ssh.runs()).toEqual([['-o', 'ConnectTimeout=30', '-T', '--', 'build', 'docker', 'system', 'dial-stdio']]);
});

test('Podman is dialled by Podman', async () => {
  const headers = { 'api-version': '1.41', 'libpod-api-version': '4.3.1' };
  const { listener } = fakeEngine({ '/_ping': (response) => response.writeHead(200, headers).end() });
  const ssh = fakeSsh(dials(await listen(listener)));
  const env = { ...ssh.env, CONTAINER_HOST: 'ssh://core@build/run/podman/podman.sock' };
  const engine = await connectPodman({ env, platform: 'linux' });
  expect(engine.kind).toBe('podman');
  engine.close();
  const dial = ['podman', '--url', 'unix:///run/podman/podman.sock', 'system', 'dial-stdio'];
  expect(ssh.runs()).toEqual([['-o', 'ConnectTimeout=30', '-T', '-l', 'core', '--', 'build', ...dial]]);
});

test.each([
  ['refuses', `console.error('\\u001b[31mme@build: Permission denied (publickey).'); process.exit(255);`],
  [
    'speaks at length',
    `console.error('noise\\n'.repeat(100000)); console.error('Permission denied (publickey).'); process.exitCode = 255;`,
  ],
])('ssh that %s', async (_, does) => {
  const ssh = fakeSsh(does);
  const { code, message } = await complaintOf(
    connectDocker({ env: { ...ssh.env, DOCKER_HOST: 'ssh://me@build:2222' }, platform: 'linux' }),
  );
  expect(code).toBe('engine-ssh');
  expect(message).toMatch(/^ssh:\/\/me@build:2222: ssh failed \(.*Permission denied \(publickey\)\.\)\./);
  expect(message).toMatch('Try: ssh -l me -p 2222 -- build docker version');
  expect(message.length).toBeLessThan(300);
});

test('ssh that says nothing and fails', async () => {
  const { env } = fakeSsh('process.exit(7)');
  const { message } = await complaintOf(connectDocker({ env: { ...env, DOCKER_HOST: 'ssh://b' }, platform: 'linux' }));
  expect(message).toMatch('ssh failed (exit status 7).');
});

test('ssh that ends well without a word', async () => {
  const { env } = fakeSsh('');
  const failing = connectDocker({ env: { ...env, DOCKER_HOST: 'ssh://b' }, platform: 'linux' });
  expect((await complaintOf(failing)).code).toBe('engine-unreachable');
});

test('ssh that is not installed', async () => {
  const failing = connectDocker({ env: { PATH: testFolder(), DOCKER_HOST: 'ssh://b' }, platform: 'linux' });
  expect((await complaintOf(failing)).message).toMatch('ssh failed (spawn ssh ENOENT).');
});

test('ssh that never answers is ended', async () => {
  const folder = testFolder();
  const pid = join(folder, 'pid');
  const { env } = fakeSsh(
    `require('fs').writeFileSync(${JSON.stringify(pid)}, String(process.pid)); process.stdin.resume();`,
  );
  const options = { env: { ...env, DOCKER_HOST: 'ssh://b' }, platform: 'linux', limits: { login: 1500 } };
  expect((await complaintOf(connectDocker(options))).code).toBe('engine-timeout');
  await expect.poll(() => isRunning(Number(readFileSync(pid, 'utf8'))), { timeout: 20_000 }).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('ssh that breaks off in the middle of an export', async () => {
  const { listener } = fakeEngine({ '/v1.51/images/app%3Adev/get': (response) => response.write('x'.repeat(1000)) });
  const fails = `s.on('data', (d) => { if (d.includes('xxx')) { console.error('Connection reset'); setTimeout(() => process.exit(255), 50); } });`;
  const ssh = fakeSsh(`${dials(await listen(listener))} ${fails}`);
  const engine = await connectDocker({ env: { ...ssh.env, DOCKER_HOST: 'ssh://b' }, platform: 'linux' });
  const read = async (): Promise<void> => {
    for await (const chunk of await engine.export('app:dev', null)) expect(chunk.length).toBeGreaterThan(0);
  };
  const { code, message } = await complaintOf(read());
  expect([code, message]).toEqual(['engine-ssh', expect.stringContaining('Connection reset')]);
});
