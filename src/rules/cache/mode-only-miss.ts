import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { ContextNode } from '../../context/context-tree.ts';
import type { DockerfileBuilder } from '../../dockerfile/step-record.ts';
import { plural } from '../../text/plural.ts';
import type { CacheRule, CacheRuleFinding } from './cache-rule.ts';
import { locationOf, placeOf } from './place.ts';

/** More than a context of a large project has; what is above is not looked at. */
const mostFiles = 200_000;

/**
 * Files whose modes are the umask's of who checked them out: git keeps only whether a file is executable. Another checkout
 * has others, and the same files miss the cache.
 */
export const modeOnlyMiss: CacheRule = {
  name: 'mode-only-miss',
  // Where there is no repository, nothing says that there is another checkout.
  check: ({ model, steps, replay }) => (replay === null ? [] : steps.flatMap((step) => check(step, model.builder))),
};

function check({ parts, command, instruction }: KeyedStep, builder: DockerfileBuilder): CacheRuleFinding[] {
  const setsMode = command.flags.some(({ name }) => name === 'chmod');
  // buildah hashes the mode that a file gets, not the one it has.
  if (setsMode && builder === 'buildah') return [];
  const odd = oddFiles(parts.flatMap(({ kind, selected }) => (kind === 'content' ? selected : [])));
  const [first] = odd;
  if (first === undefined) return [];
  const few = odd.length === 1 ? 'A file' : plural(odd.length, 'file');
  return [
    {
      severity: 'warning',
      message: `${few} of ${placeOf(instruction)} ${odd.length === 1 ? 'has a mode' : 'have modes'} that another checkout will not have (${first.path} ${octal(first.mode)}, under umask 022 ${octal(usual(first.mode))}): it misses the cache there, with nothing else changed.${setsMode ? ' --chmod does not help: the mode that a file has is in the key all the same.' : ''}`,
      help: 'Check out under umask 022, in CI and locally, or set the modes before the build: chmod -R u=rwX,go=rX.',
      location: locationOf(instruction),
      bytes: null,
      seconds: null,
      fix: null,
    },
  ];
}

interface OddFile {
  readonly path: string;
  readonly mode: number;
}

function oddFiles(selected: readonly { readonly path: string; readonly node: ContextNode }[]): readonly OddFile[] {
  const odd: OddFile[] = [];
  const waiting = [...selected];
  for (let seen = 0; seen < mostFiles; seen++) {
    const next = waiting.pop();
    if (next === undefined) break;
    const { path, node } = next;
    if (node.kind === 'file' && node.mode !== usual(node.mode)) odd.push({ path, mode: node.mode });
    if (node.kind !== 'directory') continue;
    for (const [name, child] of node.children)
      // Git's own files have modes of their own in every checkout; that they are there at all is for another rule to say.
      if (name !== '.git') waiting.push({ path: path === '' ? name : `${path}/${name}`, node: child });
  }
  return odd.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What git makes of a file under umask 022. */
function usual(mode: number): number {
  return (mode & 0o100) === 0 ? 0o644 : 0o755;
}

function octal(mode: number): string {
  return mode.toString(8);
}
