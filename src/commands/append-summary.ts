import { appendFileSync, statSync } from 'node:fs';
import { problem, reasonOf } from '../errors.ts';
import type { Host } from './host.ts';

/** GitHub takes as much of a step, and of what is larger nothing at all. */
const mostBytes = 1024 * 1024;

/**
 * Adds to the page that GitHub Actions shows of a job; does nothing elsewhere. What is there stays, and what has no room
 * beside it is left out with a line that says so.
 * @throws LayerscopeError `target-failed`
 */
export function appendSummary({ env, stderr }: Pick<Host, 'env' | 'stderr'>, text: string): void {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (!file) return;
  try {
    const there = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    const added = there === 0 ? text : `\n${text}`;
    if (there + Buffer.byteLength(added) > mostBytes)
      stderr.write('layerscope: no room left in the summary of this step: the report is not in it\n');
    else appendFileSync(file, added);
  } catch (error) {
    throw problem('target-failed', { path: file, reason: reasonOf(error) }, error);
  }
}
