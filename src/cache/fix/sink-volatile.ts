import { nodeAt } from '../../context/context-tree.ts';
import type { Instruction } from '../../dockerfile/dockerfile.ts';
import type { DockerfileBuilder } from '../../dockerfile/step-record.ts';
import { plural } from '../../text/plural.ts';
import { paceOf } from '../volatile-names.ts';
import { paceOfArgument } from './changing-arguments.ts';
import { contextCopy } from './copy-instruction.ts';
import { type FixMove, type FixSituation, ownInstructions, propose, refuse, type Verdict } from './fix-move.ts';
import { installPlace } from './install-place.ts';
import { blockOf } from './instruction-block.ts';
import { restlessCommand } from './quiet-run.ts';
import { isSilenced } from './silenced.ts';
import type { SourceLines } from './source-lines.ts';
import { type StageState, stageStates } from './stage-states.ts';
import { definedBy, mentionedBy, pairsOf } from './variable-names.ts';
import { say, type Words } from './words.ts';

/** Metadata that neither takes values of variables while it is built nor makes a layer. */
const runtimeOnly = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'MAINTAINER']);
const makesStep = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

/** Takes ARG, ENV and LABEL that are other ones with each build down to where they are first used. */
export const sinkVolatile: FixMove = {
  rule: 'volatile-arg',
  look: (situation) => {
    const states = stageStates(situation.dockerfile, situation.buildArgs);
    return situation.dockerfile.stages.flatMap((stage) => {
      const own = ownInstructions(stage);
      return own.flatMap((instruction, at) =>
        isVolatile(instruction, situation) && !isSilenced(instruction, 'volatile-arg')
          ? sink(own.slice(at), states, situation)
          : [],
      );
    });
  },
};

function isVolatile(instruction: Instruction, { dockerfile, builder }: FixSituation): boolean {
  const pairs = pairsOf(instruction);
  const names = (value: string | null): boolean =>
    (value?.match(/[A-Za-z_]\w*/g) ?? []).some((word) => paceOf(word, null) !== null && value?.includes('$') === true);
  switch (instruction.keyword) {
    case 'ARG': {
      const [pair, ...more] = pairs;
      return pair !== undefined && more.length === 0 && paceOfArgument(pair, dockerfile) !== null;
    }
    case 'ENV':
    case 'LABEL':
      // BuildKit makes no key of a LABEL.
      return (instruction.keyword === 'ENV' || builder !== 'buildkit') && pairs.some(({ value }) => names(value));
    default:
      return false;
  }
}

function sink(
  own: readonly Instruction[],
  states: ReadonlyMap<Instruction, StageState>,
  situation: FixSituation,
): Verdict[] {
  const [first, ...later] = own;
  if (first === undefined) return [];
  const carried = [first];
  const passed: Instruction[] = [];
  let stop: Words | null = null;
  for (const next of later) {
    const outcome = pass(carried, next, states.get(next), situation);
    if (outcome === 'carry') carried.push(next);
    else if (outcome === 'pass') passed.push(next);
    else {
      stop = outcome.stop;
      break;
    }
  }
  const spared = passed.filter((each) => isSpared(each, situation.builder));
  const target = spared.at(-1);
  // Only what is above the place moves.
  const moving = carried.filter(({ startLine }) => target !== undefined && startLine < target.startLine);
  if (target === undefined)
    return stop === null || !later.some((each) => isSpared(each, situation.builder)) ? [] : [refuse(first, stop)];
  const lines = moved(situation.lines, moving, target);
  const which = say`${plural(spared.length, 'step')}, up to line ${target},`;
  return [
    propose(
      first.startLine,
      say`Sets ${namesOf(moving)} behind ${which} that ${spared.length === 1 ? 'does' : 'do'} not use ${moving.length === 1 ? 'it' : 'them'}.`,
      lines,
    ),
  ];
}

function namesOf(moving: readonly Instruction[]): string {
  const names = moving.flatMap((each) => pairsOf(each).map(({ name }) => `${each.keyword} ${name}`));
  return [...new Set(names)].join(', ');
}

/** Steps whose keys have the value in them: of BuildKit only those of RUN, which hash the environment. */
function isSpared({ keyword }: Instruction, builder: DockerfileBuilder): boolean {
  return builder === 'buildkit' ? keyword === 'RUN' : makesStep.has(keyword);
}

/** Null for a stop that is as it should be: the line uses the variable. */
type Outcome = 'carry' | 'pass' | { readonly stop: Words | null };

function pass(
  carried: readonly Instruction[],
  next: Instruction,
  state: StageState | undefined,
  situation: FixSituation,
): Outcome {
  const { keyword } = next;
  const place = say`line ${next} (${keyword})`;
  const defined = new Set(carried.flatMap(definedBy));
  const mentioned = mentionedBy(next);
  const used = [...defined].find((name) => mentioned.has(name));
  const again = definedBy(next).find(
    (name) => defined.has(name) || carried.some((each) => mentionedBy(each).has(name)),
  );
  if (again !== undefined && !(used !== undefined && keyword === 'ENV'))
    return { stop: say`${place} sets ${again} again` };
  if (used !== undefined && (keyword === 'LABEL' || keyword === 'ENV')) {
    // The order of ENV lines is the order in the image's configuration.
    return 'carry';
  }
  if (used !== undefined && !runtimeOnly.has(keyword)) return { stop: null };
  if (keyword === 'ENV' && carried.some((each) => each.keyword === 'ENV'))
    return { stop: say`${place} would come before ENV in the image's configuration` };
  if (keyword === 'LABEL' && sharesLabel(carried, next)) return { stop: say`${place} sets a label again` };
  if (keyword === 'ONBUILD' || keyword === 'VOLUME') return { stop: say`${place} is not passed` };
  if (keyword !== 'RUN' || defined.size === 0) return 'pass';
  const restless = state?.posixShell === true ? restlessCommand(next, placeOf(next, state, situation)) : 'its script';
  return restless === null
    ? 'pass'
    : { stop: say`${place}: ${restless.slice(0, 60)} may read ${[...defined].join(', ')} from its environment` };
}

function sharesLabel(carried: readonly Instruction[], next: Instruction): boolean {
  const keys = new Set(
    carried.filter(({ keyword }) => keyword === 'LABEL').flatMap((each) => pairsOf(each).map(({ name }) => name)),
  );
  return pairsOf(next).some(({ name }) => keys.has(name));
}

/** The part of the context that a COPY above put where the RUN works, if it is one directory and no other line put more there. */
function placeOf(
  run: Instruction,
  state: StageState,
  { dockerfile, buildArgs, context, textOf }: FixSituation,
): ReturnType<typeof installPlace> | null {
  const { workingDir } = state;
  if (context === null || workingDir === null) return null;
  const states = stageStates(dockerfile, buildArgs);
  const stage = dockerfile.stages.find(({ instructions }) => instructions.includes(run));
  const roots = new Set<string>();
  for (const each of stage?.instructions ?? []) {
    if (each === run) break;
    const at = states.get(each);
    if (each.keyword !== 'COPY' || at === undefined) continue;
    const copy = contextCopy(each, at, dockerfile.directives.escape);
    if (copy === null || copy.target !== workingDir) continue;
    for (const source of copy.sources)
      roots.add(
        nodeAt(context, source)?.kind === 'directory' ? source : source.slice(0, Math.max(0, source.lastIndexOf('/'))),
      );
  }
  const [root = '', ...others] = roots;
  return others.length > 0 ? null : installPlace(context, root, textOf, state.environment);
}

function moved(lines: SourceLines, moving: readonly Instruction[], target: Instruction): SourceLines {
  const blocks = moving.map((each) => blockOf(each, lines));
  const gone = new Set(blocks.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)));
  const taken = blocks.flatMap(({ from, to }) => lines.slice(from, to));
  const above = lines.slice(0, target.endLine).filter((_, at) => !gone.has(at));
  return [...above, ...taken, ...lines.slice(target.endLine).filter((_, at) => !gone.has(at + target.endLine))];
}
