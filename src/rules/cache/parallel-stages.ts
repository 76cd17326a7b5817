import type { KeyedStep } from '../../cache/keyed-step.ts';
import { unknownCost } from '../../cache/step-costs.ts';
import type { CacheRule, CacheRuleFinding, CacheRuleInput } from './cache-rule.ts';
import { takesContext } from './copied-places.ts';
import { rateOf, timesCost } from './cost-per-commit.ts';
import { laterSteps } from './later-steps.ts';
import { locationOf, placeOf } from './place.ts';
import { runCommands } from './run-commands.ts';
import type { ScriptCommand } from './script-commands.ts';

/** A download behind a COPY of the build context, which it has no use for: in a stage of its own it runs beside. */
export const parallelStages: CacheRule = {
  name: 'parallel-stages',
  // The others carry stages out one by one, or have no way to add what they made without a miss.
  check: (input) => (input.model.builder === 'buildkit' ? check(input) : []),
};

function check(input: CacheRuleInput): CacheRuleFinding[] {
  const { steps, replay, costs } = input;
  const told = new Set<KeyedStep>();
  return steps.flatMap((copy, at) => {
    if (!takesContext(copy)) return [];
    return laterSteps(input, at).flatMap(({ step }): CacheRuleFinding[] => {
      const url = downloadOf(step);
      if (url === null || told.has(step)) return [];
      if (replay !== null && rateOf(step, replay) === 0) return [];
      told.add(step);
      const cost = costs.get(step.instruction.startLine) ?? unknownCost;
      return [
        {
          severity: 'info',
          message: `${placeOf(step.instruction)} only fetches ${url}, but waits for ${placeOf(copy.instruction)} and re-runs with it.`,
          help: 'Fetch it in a stage of its own (FROM …, ADD --checksum=… or this RUN) and COPY --from that stage: it runs beside the others, and stays cached. Or move it above the COPY.',
          location: locationOf(step.instruction),
          ...(replay === null ? unknownCost : timesCost(cost, rateOf(step, replay))),
          fix: null,
        },
      ];
    });
  });
}

/** What a RUN downloads that does nothing else; null for every other step. */
function downloadOf({ command }: KeyedStep): string | null {
  if (command.keyword !== 'RUN' || command.flags.some(({ name }) => name === 'mount')) return null;
  const commands = runCommands(command) ?? [];
  const urls = commands.flatMap(({ words }) =>
    isFetch(words) ? words.filter((word) => /^https?:\/\//.test(word)) : [],
  );
  const [url] = urls;
  if (url === undefined) return null;
  const names = new Set(urls.map((each) => each.slice(each.lastIndexOf('/') + 1)));
  return commands.every((each) => isPartOfDownload(each, names)) ? url : null;
}

function isFetch([program = '']: readonly string[]): boolean {
  return program === 'curl' || program === 'wget';
}

const unpacking = new Set([
  'tar',
  'unzip',
  'gunzip',
  'xz',
  'mkdir',
  'chmod',
  'mv',
  'rm',
  'ln',
  'sha256sum',
  'echo',
  'set',
  'cd',
]);

/** Options that read files. */
const sends = /^(?:-d|--data.*|-F|--form.*|-T|--upload-file|-K|--config|-i|--input-file.*|--post-file.*)$/;

/** Directories that a COPY of an application rarely goes to. */
const toolPlace = /^\/(?:usr\/local|usr\/bin|usr\/share|bin|opt|tmp)(?:\/|$)/;

/** Whether a command only fetches or puts away what was fetched: all it names lies among tools, or is the download. */
function isPartOfDownload({ words }: ScriptCommand, names: ReadonlySet<string>): boolean {
  if (isFetch(words)) return !words.some((word) => sends.test(word) || (word.startsWith('/') && !toolPlace.test(word)));
  if (words[0] === 'set') return true;
  if (!unpacking.has(words[0] ?? '')) return false;
  return words.slice(1).every((word) => {
    if (word.startsWith('-') || /^[+0-7,ugoarwxX=]+$/.test(word) || /^[a-zA-Z]*[xztvfjJ]+[a-zA-Z]*$/.test(word))
      return true;
    return toolPlace.test(word) || names.has(word) || words[0] === 'echo';
  });
}
