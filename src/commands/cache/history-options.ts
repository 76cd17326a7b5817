import type { Argv } from 'yargs';
import { problem } from '../../errors.ts';

/** Which commits are replayed. */
export interface HistoryArguments {
  readonly commits: number;
  readonly to: string;
}

/** More than anybody waits for. */
const commitLimit = 100_000;

export function historyOptions<T>(yargs: Argv<T>): Argv<T & HistoryArguments> {
  return yargs
    .option('commits', {
      alias: 'n',
      type: 'number',
      default: 100,
      requiresArg: true,
      describe: 'how many commits, along first parents',
    })
    .option('to', { type: 'string', default: 'HEAD', requiresArg: true, describe: 'REV: the last of them' });
}

/** @throws LayerscopeError `usage` */
export function checkCommits(commits: number): number {
  if (!Number.isInteger(commits) || commits < 1 || commits > commitLimit)
    throw problem('usage', { message: `--commits: expected a number from 1 to ${commitLimit}.` });
  return commits;
}
