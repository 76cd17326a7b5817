import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineEnvironment, run } from '../command.ts';
import { PROGRAMS } from '../requirements.ts';

export const PODMAN = '/usr/bin/podman';

export interface PodmanService {
  /** Of its socket. */
  readonly path: string;
  podman(args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Podman's API with storage, socket and settings in a folder that is made. */
export async function startPodmanService(folder: string): Promise<PodmanService> {
  await mkdir(folder);
  const at = (name: string): string => join(folder, name);
  const store = [`--root=${at('root')}`, `--runroot=${at('run')}`, '--storage-driver=vfs'];
  // Else its locks are in shared memory, which it leaves behind.
  const settings = at('containers.conf');
  await writeFile(settings, '[engine]\nlock_type = "file"\n');
  const env = {
    CONTAINERS_CONF: settings,
    HOME: folder,
    TMPDIR: folder,
    XDG_RUNTIME_DIR: folder,
    BUILDAH_ISOLATION: 'chroot',
  };
  const path = at('podman.sock');
  // A test runner that is killed takes the service with it.
  const command = ['--pdeathsig=TERM', PODMAN, ...store, 'system', 'service', '--time=0', `unix://${path}`];
  const service = spawn(PROGRAMS.setpriv, command, { stdio: 'ignore', env: engineEnvironment(env) });
  const exited = once(service, 'exit');
  const stop = async (): Promise<void> => {
    service.kill('SIGTERM');
    await exited;
  };
  for (let poll = 0; poll < 300 && service.exitCode === null; poll++) {
    const listens = await access(path).then(
      () => true,
      () => false,
    );
    if (listens) {
      const podman = async (args: readonly string[]): Promise<string> =>
        (await run(PODMAN, [...store, ...args], { env })).toString();
      return { path, podman, stop };
    }
    await sleep(100);
  }
  await stop();
  throw new Error('podman system service did not start');
}
