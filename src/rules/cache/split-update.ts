import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { CacheRule, CacheRuleFinding, KeyedBuild } from './cache-rule.ts';
import { laterSteps } from './later-steps.ts';
import { locationOf, placeOf } from './place.ts';
import { runCommands } from './run-commands.ts';
import type { ScriptCommand } from './script-commands.ts';

/** A package manager that installs from lists it has fetched before. */
interface ListManager {
  readonly name: string;
  readonly programs: readonly string[];
  readonly install: string;
}

const managers: readonly ListManager[] = [
  { name: 'apt-get', programs: ['apt-get', 'apt', 'aptitude'], install: 'install' },
  { name: 'apk', programs: ['apk'], install: 'add' },
];

/** Package lists fetched in one RUN and used in another: the first stays cached while the second asks for what is gone. */
export const splitUpdate: CacheRule = {
  name: 'split-update',
  check: (input) =>
    input.steps.flatMap((step, at) =>
      managers.flatMap((manager): CacheRuleFinding[] => {
        const { fetches, installs } = doings(step, manager);
        if (!fetches || installs) return [];
        const user = firstInstall(input, at, manager);
        if (user === null) return [];
        return [
          {
            severity: 'warning',
            message: `${placeOf(step.instruction)} fetches the package lists that ${placeOf(user.instruction)} installs from: while it is cached, a new list of packages is looked for in old lists, and misses what has been replaced since.`,
            help: `Put both into one RUN: ${manager.name} update && ${manager.name} ${manager.install} …`,
            location: locationOf(step.instruction),
            bytes: null,
            seconds: null,
            fix: null,
          },
        ];
      }),
    ),
};

/** The first step that installs from lists of before; null where somebody fetches new ones first, or nobody installs. */
function firstInstall(build: KeyedBuild, at: number, manager: ListManager): KeyedStep | null {
  for (const { step } of laterSteps(build, at)) {
    const { fetches, installs } = doings(step, manager);
    if (fetches) return null;
    if (installs) return step;
  }
  return null;
}

function doings({ command }: KeyedStep, manager: ListManager): { fetches: boolean; installs: boolean } {
  const none = { fetches: false, installs: false };
  // Lists in a cache mount live by other rules.
  if (command.keyword !== 'RUN' || command.flags.some(({ name }) => name === 'mount')) return none;
  const commands = (runCommands(command) ?? []).filter(({ words }) => manager.programs.includes(words[0] ?? ''));
  return {
    fetches: commands.some((each) => verbOf(each) === 'update' || fetchesItself(each)),
    installs: commands.some((each) => verbOf(each) === manager.install),
  };
}

function verbOf({ words }: ScriptCommand): string | undefined {
  return words.slice(1).find((word) => !word.startsWith('-'));
}

/** `apk add --no-cache` fetches lists of its own. */
function fetchesItself({ words }: ScriptCommand): boolean {
  return words[0] === 'apk' && words.some((word) => /^(?:--no-cache|--update-cache|--update|-U)$/.test(word));
}
