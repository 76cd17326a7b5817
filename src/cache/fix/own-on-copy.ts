import { type ContextNode, type DirectoryNode, nodeAt } from '../../context/context-tree.ts';
import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { splitShellCommands } from '../../packages/shell-commands.ts';
import { type ContextCopy, contextCopy } from './copy-instruction.ts';
import { type FixMove, type FixSituation, ownInstructions, propose, refuse, type Verdict } from './fix-move.ts';
import { blockOf, foldInto } from './instruction-block.ts';
import { isSilenced } from './silenced.ts';
import { newLines } from './source-lines.ts';
import { resolvePath, type StageState, stageStates } from './stage-states.ts';
import { isSystemPlace } from './system-places.ts';
import { withFlag } from './with-flag.ts';
import { say, type Words } from './words.ts';

/** Sets owner or mode while files are copied: a RUN behind the COPY writes all of them once more. */
export const ownOnCopy: FixMove = {
  rule: 'recursive-metadata',
  look: (situation) => {
    const states = stageStates(situation.dockerfile, situation.buildArgs);
    return situation.dockerfile.stages.flatMap((stage) => {
      const own = ownInstructions(stage);
      return own.flatMap((run, at): Verdict[] => {
        const copy = own[at - 1];
        const state = states.get(run);
        const words = soleCommand(run);
        if (copy?.keyword !== 'COPY' || state === undefined || words === null || isSilenced(run, 'recursive-metadata'))
          return [];
        if (words[0] === 'chown') return [chown(copy, run, words, own.slice(0, at - 1), state, situation)];
        return words[0] === 'chmod' ? [chmod(copy, run, words, state, situation)] : [];
      });
    });
  },
};

function soleCommand({ keyword, arguments: parsed, heredocs, flags }: Instruction): readonly string[] | null {
  if (keyword !== 'RUN' || parsed.form !== 'text' || heredocs.length > 0 || flags.length > 0) return null;
  const [command, ...more] = splitShellCommands(parsed.text) ?? [];
  return command === undefined || more.length > 0 || command.environment.size > 0 ? null : command.words;
}

function chown(
  copy: Instruction,
  run: Instruction,
  [, ...rest]: readonly string[],
  earlier: readonly Instruction[],
  state: StageState,
  situation: FixSituation,
): Verdict {
  const { dockerfile, context, lines } = situation;
  const [flag = '', owner = '', ...paths] = rest;
  const parts = contextCopy(copy, state, dockerfile.directives.escape);
  const path = paths.length === 1 ? resolvePath(state.workingDir, paths[0] ?? '') : null;
  if (!/^(?:-R|--recursive)$/.test(flag) || parts === null || context === null || !state.posixShell)
    return refuse(run, say`what line ${copy} copies and this line changes is not told`);
  if (!/^(?:[a-z_][a-z0-9_-]*:[a-z_][a-z0-9_-]*|\d{1,9}:\d{1,9})$/.test(owner))
    return refuse(run, `${owner}: --chown takes the group from elsewhere than chown does unless both are named`);
  if (path === null || path !== parts.target)
    return refuse(run, say`it changes ${paths.join(' ')}, and line ${copy} copies to ${parts.target}`);
  const obstacle = ownerObstacle(parts, earlier, state, situation, context);
  if (obstacle !== null) return refuse(run, obstacle);
  const withOwner = withFlag(lines, copy, `--chown=${owner}`);
  if (withOwner === null) return refuse(run, say`line ${copy} is written in a way that leaves no place for --chown`);
  const madeBefore = state.madeDirs.has(parts.target);
  const below = foldInto(withOwner, run, copy);
  if (!madeBefore)
    return propose(
      run.startLine,
      say`Sets the owner in line ${copy} while it copies: this line writes every file once more.`,
      below,
    );
  // The directory itself is there before the copy, which leaves its owner as it is.
  const place = blockOf(copy, lines).from;
  const own = newLines(lines, [`RUN chown ${owner} ${paths[0] ?? ''}`]);
  return propose(
    run.startLine,
    say`Sets the owner of the directory before line ${copy} and that of the files while it copies: this line writes every file once more.`,
    [...below.slice(0, place), ...own, ...below.slice(place)],
  );
}

function ownerObstacle(
  { instruction, target, sources }: ContextCopy,
  earlier: readonly Instruction[],
  state: StageState,
  { dockerfile }: FixSituation,
  context: DirectoryNode,
): Words | null {
  const place = say`line ${instruction}`;
  if (instruction.flags.length > 0) return say`${place} has flags already`;
  if (isSystemPlace(target)) return `the base image may have files in ${target}, which chown changes, too`;
  if (sources.some((source) => nodeAt(context, source)?.kind !== 'directory')) return say`${place} copies no directory`;
  if (sources.some((source) => hasSetId(nodeAt(context, source))))
    return say`${place} copies a file that runs as its owner, which chown takes away`;
  // BuildKit gives the directories that it makes on the way the owner, too.
  if (!state.madeDirs.has(target) && target.lastIndexOf('/') > 0)
    return say`${place} may make directories above ${target}, which --chown would give away, too`;
  const parentStage = dockerfile.stages.find(({ instructions }) => instructions.includes(instruction));
  const child = dockerfile.stages.some(
    ({ name, index }) => name !== null && name === parentStage?.from && index < parentStage.index,
  );
  if (child) return `the stage starts from another one, which may have files in ${target}`;
  // Other lines, even a RUN, may have put files there that chown -R changes and the COPY does not.
  const other = earlier.find(
    ({ keyword, text }) => /^(?:RUN|COPY|ADD|VOLUME)$/.test(keyword) && mayWriteBelow(text, keyword, target, state),
  );
  return other === undefined ? null : say`line ${other} may put files in ${target}, too`;
}

/** A RUN in the directory itself may write anything there; elsewhere, it would name it. */
function mayWriteBelow(text: string, keyword: string, target: string, { workingDir, madeDirs }: StageState): boolean {
  if (keyword === 'VOLUME' || text.includes(target) || /\$/.test(text)) return true;
  if (keyword === 'RUN')
    return (
      madeDirs.has(target) &&
      !/^RUN\s+(?:apt-get|apt|apk|dnf|yum|addgroup|adduser|groupadd|useradd)\b[^|;`]*$/.test(text)
    );
  const destination = text.trim().split(/\s+/).at(-1) ?? '';
  const path = resolvePath(workingDir, destination);
  return path === null || path === target || path.startsWith(`${target}/`) || target.startsWith(`${path}/`);
}

function hasSetId(node: ContextNode | null): boolean {
  if (node?.kind === 'file') return (node.mode & 0o6000) !== 0;
  return node?.kind === 'directory' && ((node.mode & 0o6000) !== 0 || [...node.children.values()].some(hasSetId));
}

function chmod(
  copy: Instruction,
  run: Instruction,
  [, mode = '', ...paths]: readonly string[],
  state: StageState,
  { dockerfile, context, lines, builder }: FixSituation,
): Verdict {
  const parts = contextCopy(copy, state, dockerfile.directives.escape);
  if (parts === null || context === null || !state.posixShell)
    return refuse(run, say`what line ${copy} copies and this line changes is not told`);
  if (builder === 'classic') return refuse(run, 'the classic builder has no --chmod');
  if (copy.flags.some(({ name }) => name !== 'chown')) return refuse(run, say`line ${copy} has flags already`);
  const targets = parts.sources.map((source) => targetOfFile(source, parts));
  const changed = paths.map((path) => resolvePath(state.workingDir, path));
  if (targets.some((each) => each === null) || !sameSet(targets, changed))
    return refuse(run, say`it changes ${paths.join(' ')}, which is not for sure what line ${copy} copies`);
  const modes = new Set(parts.sources.map((source) => modeAfter(mode, nodeAt(context, source))));
  const [result, ...others] = modes;
  if (result === undefined || result === null || others.length > 0)
    return refuse(run, `what mode ${mode} leads to is not told, or not the same for all files`);
  const withMode = withFlag(lines, copy, `--chmod=${result}`);
  if (withMode === null) return refuse(run, say`line ${copy} is written in a way that leaves no place for --chmod`);
  return propose(
    run.startLine,
    say`Sets the mode in line ${copy} while it copies: this line writes the file once more.`,
    foldInto(withMode, run, copy),
  );
}

/** Where a file lands; null where that depends on whether the destination is a directory of the base image. */
function targetOfFile(source: string, { target, destination, sources }: ContextCopy): string | null {
  const name = source.slice(source.lastIndexOf('/') + 1);
  if (destination.endsWith('/') || /(?:^|\/)\.$/.test(destination) || sources.length > 1)
    return target === '/' ? `/${name}` : `${target}/${name}`;
  const last = target.slice(target.lastIndexOf('/') + 1);
  // No image has a directory of a script's name.
  return last === name || last.includes('.') ? target : null;
}

function sameSet(a: readonly (string | null)[], b: readonly (string | null)[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}

/** The permissions of a file after chmod, octal; null where they are not told. `+x` minds the umask, which builders set to 022. */
function modeAfter(change: string, node: ContextNode | null): string | null {
  if (node?.kind !== 'file' || (node.mode & 0o7000) !== 0) return null;
  if (/^0?[0-7]{3}$/.test(change)) return change.slice(-3);
  return /^a?\+x$/.test(change) ? (node.mode | 0o111).toString(8) : null;
}
