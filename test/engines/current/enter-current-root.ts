import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { engineEnvironment } from '../command.ts';
import { PROGRAMS } from '../requirements.ts';
import { CURRENT_ROOT, ENTRY } from './current-root.ts';

const script = fileURLToPath(new URL('enter-root.sh', import.meta.url));

/** A mount namespace whose root is Debian testing, and the process that keeps it. */
export interface Entered {
  /** The command line that runs a program in there. */
  readonly within: readonly string[];
  readonly leave: () => Promise<void>;
}

/**
 * A mount namespace of its own, because a dockerd in a mere chroot would leave its mounts on this machine.
 *
 * @param scratch a folder that is seen at the same path inside
 */
export async function enterCurrentRoot(scratch: string): Promise<Entered> {
  const command = [ENTRY.unshare, '--mount', '--propagation', 'private', '/bin/sh', script, CURRENT_ROOT, scratch];
  // A test runner that is killed takes its namespace with it.
  const keeper = spawn(PROGRAMS.setpriv, ['--pdeathsig=TERM', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: engineEnvironment(),
  });
  const leave = async (): Promise<void> => {
    if (keeper.exitCode !== null || keeper.signalCode !== null) return;
    const exited = once(keeper, 'exit');
    keeper.kill('SIGKILL');
    await exited;
  };
  await isReady(keeper);
  return { within: [ENTRY.nsenter, `--mount=/proc/${keeper.pid}/ns/mnt`, '--'], leave };
}

async function isReady(keeper: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    keeper.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()));
    keeper.stdout?.once('data', () => resolve());
    keeper.once('error', reject);
    keeper.once('close', () => reject(new Error(`${script} ended:\n${said}`)));
  });
}
