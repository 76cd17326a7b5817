import { longestText } from './bounds.ts';
import type { LogStep } from './build-log.ts';

/**
 * Reads what BuildKit calls a step: `[build 2/5] RUN make`, with the platform before the stage's name where there are
 * several (`[linux/amd64 build 2/5]`), and the name of a target before both in bake and compose. Null for its own work
 * (`[internal] load build context`).
 */
export function parseVertexName(
  name: string,
): Pick<LogStep, 'stage' | 'ordinal' | 'total' | 'platform' | 'text'> | null {
  const end = name.startsWith('[') ? name.indexOf('] ') : -1;
  if (end === -1) return null;
  const words = name
    .slice(1, end)
    .split(' ')
    .filter((word) => word !== '');
  const count = /^(\d{1,6})\/(\d{1,6})$/.exec(words.pop() ?? '');
  if (count === null) return null;
  return {
    stage: words.findLast((word) => !word.includes('/')) ?? null,
    ordinal: Number(count[1]),
    total: Number(count[2]),
    platform: words.find((word) => word.includes('/')) ?? null,
    text: name.slice(end + 2, end + 2 + longestText),
  };
}
