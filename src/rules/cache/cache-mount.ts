import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { Instruction } from '../../dockerfile/dockerfile.ts';
import type { CacheDirectory } from '../../packages/install-step.ts';
import { recognizeInstalls } from '../../packages/recognize-installs.ts';
import { plural } from '../../text/plural.ts';
import type { CacheRule, CacheRuleFinding, CacheRuleInput } from './cache-rule.ts';
import { locationOf, placeOf } from './place.ts';
import { runScript } from './run-commands.ts';

/** An install that fetches everything again whenever it runs, because nothing keeps what it fetched. */
export const cacheMount: CacheRule = {
  name: 'cache-mount',
  // The classic builder and kaniko know no mounts.
  check: (input) => {
    const { builder } = input.model;
    return builder === 'buildkit' || builder === 'buildah' ? input.steps.flatMap((step) => check(step, input)) : [];
  },
};

function check({ command, instruction }: KeyedStep, { replay }: CacheRuleInput): CacheRuleFinding[] {
  const script = command.keyword === 'RUN' ? runScript(command) : null;
  if (script === null || hasCacheMount(command)) return [];
  const caches = new Map<string, CacheDirectory>();
  const managers = new Set<string>();
  for (const install of recognizeInstalls(script)) {
    for (const cache of install.caches) {
      caches.set(cache.target, cache);
      managers.add(install.manager);
    }
  }
  const line = replay?.lines.find(({ step }) => step.instruction.startLine === instruction.startLine);
  if (caches.size === 0 || line?.reruns === 0) return [];
  const often = line === undefined ? '' : `, as in ${plural(line.reruns, 'commit')} of ${replay?.commits.length ?? 0}`;
  const mounts = [...caches.values()].map(mountFlag).join(' ');
  const isEmptied = emptying.test(script);
  return [
    {
      severity: 'info',
      message: `${placeOf(instruction)} fetches all packages again whenever it runs${often}: nothing keeps what ${[...managers].join(' and ')} fetched before.`,
      help: `Mount a cache there${isEmptied ? ', and leave out what empties it' : ''}: RUN ${mounts} …${managers.has('apt') ? ' (in images of Debian and Ubuntu without /etc/apt/apt.conf.d/docker-clean, which empties it)' : ''}`,
      location: locationOf(instruction),
      bytes: null,
      seconds: null,
      fix: isEmptied ? null : `RUN ${mounts} ${command.line.trim().replace(/^\S+\s+/, '')}`,
    },
  ];
}

/** What throws away what a mount would keep. */
const emptying =
  /\bcache (?:clean|clear|purge|rm)\b|\bclear-cache\b|\bclean all\b|\bapt(?:-get)? clean\b|\brm -[rf]+ [^&;|\n]{0,300}(?:\/var\/(?:lib\/apt|cache)|\.cache|\.npm)/;

/** Whoever has one has thought of it. */
function hasCacheMount({ flags }: Instruction): boolean {
  return flags.some(({ name, value }) => name === 'mount' && /(?:^|,)type=cache(?:,|$)/.test(value ?? ''));
}

function mountFlag({ target, sharing }: CacheDirectory): string {
  return `--mount=type=cache,target=${target}${sharing === 'locked' ? ',sharing=locked' : ''}`;
}
