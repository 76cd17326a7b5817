import type { Dockerfile, Instruction, Stage } from '../../dockerfile/dockerfile.ts';
import { longestText } from './bounds.ts';
import type { BuildLog, LogStep } from './build-log.ts';
import { type CountedStep, countSteps } from './counted-steps.ts';

/** A step of a log, and where it stands in the Dockerfile. */
export interface MatchedStep {
  readonly logged: LogStep;
  readonly counted: CountedStep;
}

/**
 * Finds the instructions of a Dockerfile that a log tells of. A step is the one that has its number, if that can have
 * become the log's text; else, as the file may have been edited since, the only one of its stage that can. A step that
 * fits nowhere, or in two places, is left out: no seconds are better than those of another line.
 */
export function matchSteps(
  log: BuildLog,
  dockerfile: Dockerfile,
  buildArgs: ReadonlyMap<string, string>,
): MatchedStep[] {
  const groups = countSteps(dockerfile, buildArgs, log.builder);
  return log.steps.flatMap((logged) => {
    const stage = log.builder === 'classic' ? null : stageOf(dockerfile, log, logged);
    if (stage === undefined) return [];
    const steps = groups.find((group) => group.stage === stage)?.steps ?? [];
    const fits = ({ command }: CountedStep): boolean => mayBecome(command, logged.text);
    const numbered = steps[logged.ordinal - 1];
    const counted = numbered !== undefined && fits(numbered) ? numbered : onlyOne(steps.filter(fits));
    return counted === undefined ? [] : [{ logged, counted }];
  });
}

function onlyOne<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** The stage that a log means; undefined where it has none such. */
function stageOf({ stages }: Dockerfile, { builder }: BuildLog, { stage }: LogStep): Stage | undefined {
  if (stage === null) return builder === 'buildah' || stages.length === 1 ? stages[0] : undefined;
  if (builder === 'buildah') return stages[Number(stage)];
  const named = stages.findLast(({ name }) => name?.toLowerCase() === stage.toLowerCase());
  const number = /^stage-(\d{1,6})$/.exec(stage);
  if (named !== undefined || number !== null) return named ?? stages[Number(number?.[1])];
  // Of a file with one stage, bake and compose print the name of their target there.
  return stages.length === 1 ? stages[0] : undefined;
}

/**
 * Whether a builder may print an instruction so. BuildKit puts in variables where it knows them, and takes escapes away: any
 * text may stand for those, and all else has to be there, in order.
 */
function mayBecome({ keyword, line, heredocs }: Instruction, text: string): boolean {
  const space = text.search(/\s/);
  const printed = space === -1 ? text : text.slice(0, space);
  if (printed.toUpperCase() !== keyword) return false;
  // buildah prints an image's name or number for a stage's name.
  if (keyword === 'FROM') return true;
  // Values may hold others (`${A:-$B}`), so a brace that ends one is not looked for.
  const pieces = argumentsOf(line.slice(0, longestText)).split(/\$\{[^}$]*|\$\w+|[\\`$}]/);
  // A here-document's first line is put behind it.
  const open = keyword === 'RUN' && heredocs.length > 0;
  return holdsInOrder(argumentsOf(text), pieces, open ? 'start' : 'all');
}

function argumentsOf(line: string): string {
  return line.trim().replace(/^\S+\s*/, '');
}

function holdsInOrder(text: string, [first = '', ...rest]: readonly string[], what: 'start' | 'all'): boolean {
  if (!text.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return what === 'start' || text === first;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return what === 'start' ? text.includes(last, at) : text.length - last.length >= at && text.endsWith(last);
}
