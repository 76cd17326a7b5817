import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineEnvironment } from './command.ts';
import type { Place } from './place.ts';
import { PROGRAMS } from './requirements.ts';

export interface Dockerd {
  /** For `DOCKER_HOST` and skopeo's `--dest-daemon-host`. */
  readonly host: string;
  /** Where its API is. */
  readonly socket: string;
  stop(): Promise<void>;
}

const POLL_MS = 100;
const POLLS = 600;

/** Starts a daemon whose whole state (images, containers, socket, pid, log) is inside `folder`; it has no network. */
export async function startDockerd(folder: string, { within, daemonConfig }: Place): Promise<Dockerd> {
  await mkdir(join(folder, 'tmp'), { recursive: true });
  const socket = join(folder, 'docker.sock');
  const log = join(folder, 'dockerd.log');
  const config = join(folder, 'daemon.json');
  // Also where it is empty: the machine's own daemon.json is not for the tests.
  await writeFile(config, JSON.stringify(daemonConfig));
  const logFile = openSync(log, 'a');
  // A test runner that is killed takes its daemon with it.
  const daemon = spawn(
    PROGRAMS.setpriv,
    [
      '--pdeathsig=TERM',
      ...within,
      PROGRAMS.dockerd,
      `--config-file=${config}`,
      `--data-root=${join(folder, 'data')}`,
      `--exec-root=${join(folder, 'exec')}`,
      `--host=unix://${socket}`,
      `--pidfile=${join(folder, 'dockerd.pid')}`,
      '--iptables=false',
      '--ip6tables=false',
      '--bridge=none',
    ],
    { stdio: ['ignore', logFile, logFile], env: engineEnvironment({ HOME: folder, TMPDIR: join(folder, 'tmp') }) },
  );
  closeSync(logFile);
  daemon.on('error', () => undefined);

  const stop = async (): Promise<void> => {
    await end(daemon);
    await endContainerd(join(folder, 'exec', 'containerd', 'containerd.pid'));
  };
  for (let poll = 0; poll < POLLS && running(daemon); poll++) {
    if (await answers(socket)) return { host: `unix://${socket}`, socket, stop };
    await sleep(POLL_MS);
  }
  await stop();
  throw new Error(`dockerd did not start:\n${(await readFile(log, 'utf8')).slice(-4000)}`);
}

function running(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function answers(socketPath: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const ping = request({ socketPath, path: '/_ping', timeout: 5000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on('timeout', () => ping.destroy());
    ping.on('error', () => resolve(false));
    ping.end();
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (!running(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const clean = await Promise.race([exited.then(() => true), sleep(20_000, false, { ref: false })]);
  if (clean) return;
  child.kill('SIGKILL');
  await exited;
}

/** A daemon that had to be killed leaves its containerd behind; a clean stop has removed this file. */
async function endContainerd(pidFile: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 1) return;
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  if (name.trim() === 'containerd') process.kill(pid, 'SIGKILL');
}
