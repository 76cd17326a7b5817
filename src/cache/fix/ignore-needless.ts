import type { DirectoryNode } from '../../context/context-tree.ts';
import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { type ContextCopy, contextCopy } from './copy-instruction.ts';
import { type FixMove, type FixSituation, ignore, ownInstructions, refuse, type Verdict } from './fix-move.ts';
import { installPlace } from './install-place.ts';
import { installRun } from './install-run.ts';
import { restlessCommand } from './quiet-run.ts';
import { isSilenced } from './silenced.ts';
import { type StageState, stageStates } from './stage-states.ts';
import { say, type Words } from './words.ts';

/** At the top of a context, and for people and their tools alone. */
const candidates = ['.git', '.github', '.gitlab-ci.yml', '.idea', '.vscode', '.DS_Store'];

/** Leaves out of the context what a broad COPY takes in and no step looks at. */
export const ignoreNeedless: FixMove = {
  rule: 'context-churn',
  look: (situation) => {
    const { context, dockerfile, buildArgs } = situation;
    if (context === null) return [];
    const states = stageStates(dockerfile, buildArgs);
    const copies = dockerfile.stages.flatMap((stage) => {
      const own = ownInstructions(stage);
      return own.flatMap((copy, at) => {
        const state = states.get(copy);
        return state === undefined || !/^(?:COPY|ADD)$/.test(copy.keyword)
          ? []
          : [{ copy, state, later: own.slice(at + 1) }];
      });
    });
    const present = [...candidates, 'node_modules'].filter((name) => context.children.has(name));
    return present.flatMap((name) => lookFor(name, copies, context, situation));
  },
};

interface Taker {
  readonly copy: Instruction;
  readonly state: StageState;
  readonly later: readonly Instruction[];
}

function lookFor(name: string, copies: readonly Taker[], context: DirectoryNode, situation: FixSituation): Verdict[] {
  const { dockerfile } = situation;
  const broad: (Taker & { readonly parts: ContextCopy })[] = [];
  for (const taker of copies) {
    const { copy, state } = taker;
    if (copy.flags.some((flag) => flag.name === 'from')) continue;
    const parts = contextCopy(copy, state, dockerfile.directives.escape);
    const named = parts === null || parts.sources.some((source) => source === name || source.startsWith(`${name}/`));
    // What is not understood may well name it.
    if (named && (parts !== null || copy.text.includes(name) || /[*?[$]|<</.test(copy.text))) return [];
    if (parts?.sources.includes('') === true) broad.push({ ...taker, parts });
  }
  const [first] = broad;
  if (first === undefined || broad.some(({ copy }) => isSilenced(copy, 'context-churn'))) return [];
  if (dockerfile.lines.some((line) => /--mount=(?!type=(?:cache|secret|ssh|tmpfs)\b)/.test(line)))
    return [refuse(first.copy, `${name}: a RUN mounts files, perhaps those`)];
  const reader = broad
    .map((taker) =>
      name === 'node_modules' ? keptModules(taker, context, situation) : readerOf(taker, context, situation),
    )
    .find((each) => each !== null);
  if (reader !== undefined && reader !== null) return [refuse(first.copy, say`${name}: ${reader}`)];
  const copied = broad.flatMap(({ copy }, at) => [at === 0 ? '' : ' and ', say`line ${copy}`]);
  const why = name === 'node_modules' ? 'npm ci removes it and installs it anew' : 'no step looks at it';
  return [
    ignore(first.copy.startLine, say`Leaves ${name} out of the context: ${copied} takes it in, and ${why}.`, [name]),
  ];
}

/** `npm ci` begins with removing node_modules; what came in with the COPY is gone before anything looks at it. */
function keptModules(
  { later, parts, state }: Taker & { parts: ContextCopy },
  context: DirectoryNode,
  { textOf }: FixSituation,
): Words | null {
  const run = later.find(
    ({ keyword }) => !/^(?:CMD|ENTRYPOINT|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|STOPSIGNAL)$/.test(keyword),
  );
  const install = run?.keyword === 'RUN' ? installRun(run) : null;
  const isClean = install?.installs[0]?.words.slice(0, 2).join(' ') === 'npm ci';
  if (!isClean || parts.target !== state.workingDir)
    return 'what is in it may be used, for no npm ci follows, which would remove it';
  return installPlace(context, '', textOf, state.environment).kindOf('package.json') === 'file'
    ? null
    : 'there is no package.json for npm ci';
}

function readerOf({ later, state }: Taker, context: DirectoryNode, situation: FixSituation): Words | null {
  const place = installPlace(context, '', situation.textOf, state.environment);
  // Other stages that copy from this one get it, too, and so does the image.
  for (const run of later) {
    if (run.keyword !== 'RUN') continue;
    const restless = restlessCommand(run, place);
    if (restless !== null) return say`line ${run} (${restless.slice(0, 60)}) may look at it`;
  }
  return childReads(situation);
}

/** Steps of other stages, which start from this one or copy from it, are not followed: any that is restless counts. */
function childReads({ dockerfile, context, textOf }: FixSituation): Words | null {
  if (dockerfile.stages.length < 2 || context === null) return null;
  const place = installPlace(context, '', textOf, new Map());
  for (const stage of dockerfile.stages) {
    for (const run of ownInstructions(stage)) {
      if (run.keyword === 'RUN' && restlessCommand(run, place) !== null) return say`line ${run} may look at it`;
    }
  }
  return null;
}
