import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { splitShellCommands } from '../../packages/shell-commands.ts';
import { type FixMove, type FixSituation, ownInstructions, propose, refuse, type Verdict } from './fix-move.ts';
import { isSilenced } from './silenced.ts';
import { newLines, withText } from './source-lines.ts';
import { type StageState, stageStates } from './stage-states.ts';
import { say, type Words } from './words.ts';

/** Deletes files in the line that makes them: in a later one they stay in the layer below. */
export const mergeDeletion: FixMove = {
  rule: 'deleted-later',
  look: (situation) => {
    const states = stageStates(situation.dockerfile, situation.buildArgs);
    return situation.dockerfile.stages.flatMap((stage) => {
      const own = ownInstructions(stage);
      return own.flatMap((second, at): Verdict[] => {
        const first = own[at - 1];
        if (second.keyword !== 'RUN' || first?.keyword !== 'RUN' || isSilenced(second, 'deleted-later')) return [];
        const deleted = deletedPaths(second);
        return deleted === null ? [] : [merge(first, second, deleted, states.get(second), situation)];
      });
    });
  },
};

/** `rm -rf /a /b/*` and nothing else: absolute paths, so that no directory matters. */
const deletion = /^rm(?:[ \t]+-[rf]{1,2})+((?:[ \t]+\/[\w.*/+@-]+)+)$/;

function deletedPaths({ arguments: parsed, heredocs }: Instruction): readonly string[] | null {
  if (parsed.form !== 'text' || heredocs.length > 0) return null;
  const paths: string[] = [];
  for (const command of parsed.text.split('&&')) {
    const [, list] = deletion.exec(command.trim().slice(0, 5000)) ?? [];
    if (list === undefined) return null;
    paths.push(...list.trim().split(/[ \t]+/));
  }
  return paths.some((path) => /^\/[*.]*\/?$/.test(path) || path.includes('..')) ? null : paths;
}

function merge(
  first: Instruction,
  second: Instruction,
  deleted: readonly string[],
  state: StageState | undefined,
  { dockerfile, lines }: FixSituation,
): Verdict {
  const obstacle = joinObstacle(first, second, deleted, state);
  if (obstacle !== null) return refuse(second, obstacle);
  const { escape } = dockerfile.directives;
  const command = second.arguments.form === 'text' ? second.arguments.text.trim() : '';
  const ofFirst = lines.slice(first.startLine - 1, first.endLine);
  const last = ofFirst.at(-1);
  const indentation = ofFirst.length > 1 ? (/^[ \t]*/.exec(last?.text ?? '')?.[0] ?? '    ') : '    ';
  const text = (last?.text ?? '').trimEnd();
  // Comments may stand between the lines of a RUN.
  const comments = lines.slice(first.endLine, second.startLine - 1).filter((line) => line.text.trim() !== '');
  const joined = last === undefined ? [] : [withText(lines, last, `${text} && ${escape}`)];
  const changed = [
    ...lines.slice(0, first.endLine - 1),
    ...joined,
    ...comments,
    ...newLines(lines, [`${indentation}${command}`]).map((line) => ({
      ...line,
      origin: lines[second.startLine - 1]?.origin ?? null,
    })),
    ...lines.slice(second.endLine),
  ];
  return propose(
    second.startLine,
    say`Deletes ${deleted.join(' ')} in line ${first}, which makes it, so that no layer holds it.`,
    changed,
  );
}

function joinObstacle(
  first: Instruction,
  second: Instruction,
  deleted: readonly string[],
  state: StageState | undefined,
): Words | null {
  const place = say`line ${first}`;
  if (first.arguments.form !== 'text' || first.heredocs.length > 0)
    return say`${place} is no script that a command can be added to`;
  if (state?.posixShell !== true) return 'SHELL sets a shell whose scripts are not understood';
  if (flagsOf(first) !== flagsOf(second)) return say`${place} has other flags`;
  const mounted = first.flags.some(({ name }) => name === 'mount');
  if (mounted) return say`${place} has mounts, in which the deletion would take place`;
  const commands = splitShellCommands(first.arguments.text);
  if (commands === null || commands.at(-1)?.joiner !== null)
    return say`${place} has a script to which no command can be added for sure`;
  if (
    commands.some(
      ({ words }) => words === null || /^(?:exec|exit|trap|return|eval|source|\.|alias)$/.test(words[0] ?? ''),
    )
  )
    return say`${place} may end before its last command`;
  const made = deleted.find((path) => isMadeBy(first.arguments.form === 'text' ? first.arguments.text : '', path));
  return made === undefined ? say`nothing tells that ${place} makes ${deleted.join(' ')}` : null;
}

function flagsOf({ flags }: Instruction): string {
  return JSON.stringify(flags);
}

/** Where package managers leave what they fetched. */
const leftovers: readonly (readonly [RegExp, RegExp])[] = [
  [/\bapt(?:-get)?\b/, /^\/var\/(?:lib\/apt\/lists|cache\/apt)(?:\/|$)/],
  [/\bapk\b/, /^\/var\/cache\/apk(?:\/|$)/],
  [/\b(?:dnf|microdnf|yum)\b/, /^\/var\/cache\/(?:dnf|yum)(?:\/|$)/],
  [/\b(?:npm|npx)\b/, /^\/root\/\.npm(?:\/|$)/],
  [/\b(?:pip3?|poetry|uv|yarn|pnpm)\b/, /^\/root\/\.cache(?:\/|$)/],
];

function isMadeBy(script: string, path: string): boolean {
  const name = path.replace(/\/?\**$/, '');
  return script.includes(name) || leftovers.some(([manager, place]) => manager.test(script) && place.test(path));
}
