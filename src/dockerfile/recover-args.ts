import type { Dockerfile } from './dockerfile.ts';
import type { HistoryStep } from './history-step.ts';
import { defaultShell } from './record/build-state.ts';

/**
 * The build arguments that a history may tell of, likeliest first. A later ENV of the same name shows where a RUN lists
 * its arguments, so the first RUN is nearest to the truth; but a base image may have had an argument of that name, too.
 */
export function recoverBuildArgs(steps: readonly HistoryStep[], dockerfile: Dockerfile): Map<string, string>[] {
  const [first, last] = [steps, steps.toReversed()].map((each) => readArgs(each, dockerfile));
  if (first === undefined || last === undefined) return [];
  const same = [...first].every(([name, value]) => last.get(name) === value);
  return same ? [first] : [first, last];
}

/**
 * `ARG NAME=value` entries, and the `|N NAME=value …` before the command of a RUN. Values are not quoted there, so only
 * names that the Dockerfile declares part them.
 */
function readArgs(steps: readonly HistoryStep[], dockerfile: Dockerfile): Map<string, string> {
  const names = declaredNames(dockerfile);
  const shells = shellsOf(dockerfile);
  const found = new Map<string, string>();
  for (const { record } of steps) {
    if (record?.kind === 'command' && record.text.startsWith('|')) {
      const list = beforeCommand(record.text, shells);
      for (const [name, value] of splitPairs(list, names)) if (!found.has(name)) found.set(name, value);
    }
  }
  // From Dockerfile frontend 1.4 on these entries have the given value, before that the default: RUN knows better.
  for (const { keyword, record } of steps) {
    if (keyword !== 'ARG' || record?.kind !== 'text') continue;
    for (const [name, value] of splitPairs(record.text, names)) if (!found.has(name)) found.set(name, value);
  }
  return found;
}

/** More names than any build has; each is looked for in each RUN. */
const mostNames = 200;

function declaredNames({ stages, globalArgs }: Dockerfile): ReadonlySet<string> {
  const all = [...globalArgs, ...stages.flatMap(({ instructions }) => instructions)];
  const args = all.filter(({ keyword }) => keyword === 'ARG');
  const names = args.flatMap(({ arguments: parsed }) => (parsed.form === 'pairs' ? parsed.pairs : []));
  return new Set(names.map(({ name }) => name).slice(0, mostNames));
}

function shellsOf({ stages }: Dockerfile): readonly string[] {
  const own = stages
    .flatMap(({ instructions }) => instructions)
    .flatMap(({ keyword, arguments: parsed }) =>
      keyword === 'SHELL' && parsed.form === 'exec' ? [parsed.words.join(' ')] : [],
    );
  return [...new Set([defaultShell.join(' '), ...own])].slice(0, mostNames);
}

/** The pairs of `|N A=1 B=2 /bin/sh -c …`. In exec form there is no shell, and the last value has no end: it is left out. */
function beforeCommand(text: string, shells: readonly string[]): string {
  const start = text.indexOf(' ') + 1;
  const ends = shells.map((shell) => text.indexOf(` ${shell} `, start - 1)).filter((at) => at !== -1);
  if (ends.length > 0)
    return text.slice(
      start,
      ends.reduce((least, at) => Math.min(least, at)),
    );
  const lastPair = text.lastIndexOf('=');
  return lastPair === -1 ? '' : text.slice(start, Math.max(start, text.lastIndexOf(' ', lastPair)));
}

/** `A=1 B=two words`: a value ends where the next name starts. */
function splitPairs(text: string, names: ReadonlySet<string>): (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  let pair: { name: string; value: string } | null = null;
  for (const word of text.split(' ')) {
    const equals = word.indexOf('=');
    const name = word.slice(0, Math.max(0, equals));
    if (names.has(name)) {
      if (pair !== null) pairs.push([pair.name, pair.value]);
      pair = { name, value: word.slice(equals + 1) };
    } else if (pair !== null) pair.value += ` ${word}`;
  }
  if (pair !== null) pairs.push([pair.name, pair.value]);
  return pairs;
}
