import { type CacheModel } from '../../cache/cache-model.ts';
import type { CommitHistory } from '../../cache/replay/commit-history.ts';
import type { Replay } from '../../cache/replay/replay.ts';
import { replayHistory } from '../../cache/replay/replay-history.ts';
import type { StepCosts } from '../../cache/step-costs.ts';
import { createIgnore } from '../../dockerfile/ignore-file.ts';
import { LayerscopeError } from '../../errors.ts';
import { openRepository, type Repository } from '../../workspace/git/open-repository.ts';
import { readHistory } from '../../workspace/git/read-history.ts';
import type { Host } from '../host.ts';
import type { LoadedBuild } from './load-build.ts';

/** A history that a build's context has, played with its ignore file as it is or with more lines in it. */
export interface LoadedReplay {
  readonly replay: Replay;
  readonly replayIgnoring: (lines: readonly string[]) => Replay;
}

/**
 * Replays the last commits of the repository that a context lies in; null where it lies in none, or nothing was committed
 * there. @throws LayerscopeError git-unsafe, git-failed, history-too-large
 */
export async function loadReplay(
  host: Host,
  { directory, ignoreFile, inputs }: Pick<LoadedBuild, 'directory' | 'ignoreFile' | 'inputs'>,
  { model, costs, count }: { readonly model: CacheModel; readonly costs: StepCosts; readonly count: number },
): Promise<LoadedReplay | null> {
  const history = await loadHistory(host, directory, count);
  if (history === null) return null;
  const replayWith = (ignoreText: string): Replay =>
    replayHistory({ inputs, model, ignore: createIgnore(ignoreText), history, costs });
  const text = ignoreFile?.text ?? '';
  return { replay: replayWith(text), replayIgnoring: (lines) => replayWith([text, ...lines].join('\n')) };
}

/**
 * The last commits of the repository that a context lies in; null where it lies in none, or nothing was committed there.
 * @throws LayerscopeError git-unsafe, git-failed, history-too-large
 */
export async function loadHistory(host: Host, directory: string, count: number): Promise<CommitHistory | null> {
  const repository = await findRepository(directory, host);
  if (repository === null) return null;
  const history = await readHistory(repository, { count, to: 'HEAD' }).catch(unlessCode('unknown-revision'));
  return history === null || history.commits.length === 0 ? null : history;
}

/** Without git or a repository there is less to say, and what there is stays right. */
export async function findRepository(directory: string, { env }: Host): Promise<Repository | null> {
  return openRepository(directory, env).catch(unlessCode('not-a-repository', 'git-missing'));
}

export function unlessCode(...codes: readonly LayerscopeError['code'][]): (error: unknown) => null {
  return (error) => {
    if (error instanceof LayerscopeError && codes.includes(error.code)) return null;
    throw error;
  };
}
