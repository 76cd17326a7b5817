import type { KeyedBuild } from './cache-rule.ts';
import { parentStage } from './parent-stage.ts';

/** Stands for the working directory of an image that was not read: no path of a Dockerfile has a NUL in it. */
const ofBase = '/\0base';

/** The working directory that each step leaves, by index: absolute, or below one that nobody knows. */
export function workingDirectories({ steps, inputs }: KeyedBuild): readonly string[] {
  const left: string[] = [];
  const ofStage = new Map<number, string>();
  for (const { command, stage } of steps) {
    const parent = command.keyword === 'FROM' ? parentStage(inputs, stage) : stage.index;
    const directory = (parent === null ? undefined : ofStage.get(parent)) ?? ofBase;
    const { keyword, arguments: parsed } = command;
    const next = keyword === 'WORKDIR' && parsed.form === 'text' ? inDirectory(directory, parsed.text) : directory;
    ofStage.set(stage.index, next);
    left.push(next);
  }
  return left;
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
