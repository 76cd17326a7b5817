import { spawnSync } from 'node:child_process';
import { enginesRequired } from '../engines/requirements.ts';

/** Whether what the action's scripts run is there; where it has to be, a test that lacks it fails. */
export const canRunScripts = enginesRequired() || ['bash', 'curl'].every(isThere);

if (!canRunScripts) process.stderr.write('Skipped: the action; this machine lacks bash or curl\n');

function isThere(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}
