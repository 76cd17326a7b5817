import { nodeAt } from '../../context/context-tree.ts';
import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { needsOnly } from '../../packages/needs-only.ts';
import { type ContextCopy, contextCopy } from './copy-instruction.ts';
import { type FixMove, type FixSituation, ownInstructions, propose, refuse, type Verdict } from './fix-move.ts';
import { installPlace } from './install-place.ts';
import { installRun, type InstallRun } from './install-run.ts';
import { type Block, blockOf, withoutBlock } from './instruction-block.ts';
import { manifestCopies } from './manifest-copies.ts';
import { restOfText } from './rest-of-run.ts';
import { isSilenced } from './silenced.ts';
import { newLines, type SourceLines } from './source-lines.ts';
import { type StageState, stageStates } from './stage-states.ts';
import { isSystemPlace } from './system-places.ts';
import { say, type Words } from './words.ts';

/** They change the image's configuration alone: a RUN may pass them. */
const passable = new Set(['CMD', 'ENTRYPOINT', 'EXPOSE', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'STOPSIGNAL']);

/** Copies the manifests first, then installs, and only then copies the sources that change with every commit. */
export const splitManifests: FixMove = {
  rule: 'broad-copy',
  look: (situation) => {
    const states = stageStates(situation.dockerfile, situation.buildArgs);
    return situation.dockerfile.stages.flatMap((stage) => {
      const own = ownInstructions(stage);
      return own.flatMap((copy, at): Verdict[] => {
        const state = states.get(copy);
        if (copy.keyword !== 'COPY' || state === undefined) return [];
        const next = own.findIndex((each, index) => index > at && !passable.has(each.keyword));
        const run = own[next];
        return run?.keyword === 'RUN' ? lookAt(copy, run, own.slice(at + 1, next), state, situation) : [];
      });
    });
  },
};

function lookAt(
  copy: Instruction,
  run: Instruction,
  between: readonly Instruction[],
  state: StageState,
  situation: FixSituation,
): Verdict[] {
  const { context, dockerfile, lines } = situation;
  const install = installRun(run);
  if (context === null || install === null || isSilenced(copy, 'broad-copy') || isSilenced(run, 'broad-copy'))
    return [];
  const parts = contextCopy(copy, state, dockerfile.directives.escape);
  if (parts === null && state.workingDir === null && copiesAll(copy))
    return [refuse(copy, 'no WORKDIR above says where the install runs')];
  const [source, ...more] = parts?.sources ?? [];
  const node = source === undefined ? null : nodeAt(context, source);
  // Whoever copies single files has split already.
  if (parts === null || source === undefined || more.length > 0 || node?.kind !== 'directory') return [];
  const place = installPlace(context, source, situation.textOf, state.environment);
  const obstacle = placeObstacle(parts, state) ?? runObstacle(run, install);
  if (obstacle !== null) return [refuse(copy, obstacle)];
  const sources = new Set<string>();
  for (const each of install.installs) {
    const needs = needsOnly(each, place);
    if (!needs.safe)
      return [refuse(copy, say`line ${run} (${each.command}) may read more than manifests: ${needs.reason}`)];
    for (const path of needs.sources) sources.add(path);
  }
  const copies = manifestCopies([...sources], parts, source, context);
  if (typeof copies === 'string') return [refuse(copy, copies)];
  const rest = install.rest === null ? null : restOfText(run, install, dockerfile.directives.escape);
  if (rest !== null && 'reason' in rest) return [refuse(copy, rest.reason)];
  const blockOfCopy = blockOf(copy, lines);
  const blockOfRun = blockOf(run, lines);
  const movedRun =
    rest === null
      ? lines.slice(blockOfRun.from, blockOfRun.to)
      : [...silencingLines(lines, blockOfRun), ...newLines(lines, [rest.first])];
  const moved = [...newLines(lines, copies), ...movedRun];
  const below = rest === null ? withoutBlock(lines, blockOfRun) : withRest(lines, run, rest.second);
  const changed = [...below.slice(0, blockOfCopy.from), ...moved, ...below.slice(blockOfCopy.from)];
  return [propose(copy.startLine, messageFor(install, run, copies, between), changed)];
}

/** What silences rules on a RUN goes for both its parts. */
function silencingLines(lines: SourceLines, { from, to }: Block): SourceLines {
  const texts = lines.slice(from, to).map(({ text }) => text.trim());
  return newLines(
    lines,
    texts.filter((text) => /^#\s*layerscope\s+ignore=/.test(text)),
  );
}

function copiesAll({ arguments: parsed, flags }: Instruction): boolean {
  return parsed.form === 'words' && /^\.\/?$/.test(parsed.words[0] ?? '') && !flags.some(({ name }) => name === 'from');
}

function withRest(lines: SourceLines, run: Instruction, text: string): SourceLines {
  const [first] = lines.slice(run.startLine - 1, run.endLine);
  const made = newLines(lines, [text]).map((line, at) =>
    at === 0 ? { ...line, origin: first?.origin ?? null } : line,
  );
  return [...lines.slice(0, run.startLine - 1), ...made, ...lines.slice(run.endLine)];
}

function messageFor(
  { installs }: InstallRun,
  run: Instruction,
  copies: readonly string[],
  between: readonly Instruction[],
): Words {
  const commands = installs.map(({ command }) => command).join(' && ');
  const manifests = copies.length === 0 ? 'which reads no files of the context' : 'which reads only its manifests';
  const order = between.length === 0 ? '' : say`, above what stands before line ${run}`;
  return say`Runs ${commands}, ${manifests}, before the sources are copied${order}.`;
}

function placeObstacle(
  { flags, target, instruction }: ContextCopy,
  { workingDir, posixShell }: StageState,
): string | null {
  if (!posixShell) return 'SHELL sets a shell whose scripts are not understood';
  const odd = instruction.flags.find(({ name }) => name !== 'chown' && name !== 'chmod');
  if (odd !== undefined) return `with --${odd.name} what ${flags.trim()} copies and where is not told`;
  if (target !== workingDir) return `it copies to ${target}, and the install runs in ${workingDir}`;
  return isSystemPlace(target) ? `it copies over ${target}, where the install may put its files` : null;
}

function runObstacle(run: Instruction, { rest }: InstallRun): Words | null {
  const odd = run.flags.find(
    ({ name, value }) => name === 'mount' && !/^type=(?:cache|secret|ssh|tmpfs)\b/.test(value ?? ''),
  );
  if (odd !== undefined) return say`line ${run} mounts files (${odd.value ?? ''})`;
  if (rest === null) return null;
  if (rest.joiner !== '&&')
    return say`line ${run}: what follows the install runs even where that fails, so it cannot be split off`;
  const deletes = rest.commands.find(
    ({ words }) =>
      words === null ||
      /^(?:rm|find)\b|\b(?:clean|prune|purge|autoremove|uninstall)\b/.test(words.slice(0, 4).join(' ')),
  );
  return deletes === undefined
    ? null
    : say`line ${run}: what follows the install may delete of what that makes, which would stay in a layer of its own`;
}
