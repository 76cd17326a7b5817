import type { KeyedStep } from '../../cache/keyed-step.ts';

/** Stands for the working directory of an image that was not read: no path of a Dockerfile has a NUL in it. */
const ofBase = '/\0base';

/** The working directory that each step leaves, by index: absolute, or below one that nobody knows. */
export function workingDirectories(steps: readonly KeyedStep[]): readonly string[] {
  const left: string[] = [];
  steps.forEach(({ command, parents, stage }, at) => {
    const before = steps[at - 1];
    const same = before !== undefined && before.stage.index === stage.index ? left[at - 1] : undefined;
    const inherited = command.keyword === 'FROM' ? left[lastOfParentStage(steps, parents)] : same;
    const directory = inherited ?? ofBase;
    const { keyword, arguments: parsed } = command;
    left.push(keyword === 'WORKDIR' && parsed.form === 'text' ? inDirectory(directory, parsed.text) : directory);
  });
  return left;
}

/** WORKDIR need not be the step that a stage's end is known by. */
function lastOfParentStage(steps: readonly KeyedStep[], parents: readonly number[]): number {
  const stage = steps[parents[0] ?? -1]?.stage.index;
  return stage === undefined ? -1 : steps.findLastIndex((step) => step.stage.index === stage);
}

/** Where a path leads to, without a slash at its end; a variable in it stays as it is, the same for everybody who uses it. */
export function inDirectory(directory: string, path: string): string {
  const word = path.trim().replaceAll(/^["']|["']$/g, '');
  const parts: string[] = [];
  for (const part of (word.startsWith('/') ? word : `${directory}/${word}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
