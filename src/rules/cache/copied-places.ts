import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { KeyedBuild } from './cache-rule.ts';
import { inDirectory, workingDirectories } from './working-directories.ts';

/** A COPY or ADD, and where it puts things. */
export interface CopiedPlace {
  readonly step: KeyedStep;
  /** As written. */
  readonly sources: readonly string[];
  /** As `inDirectory` gives it. */
  readonly destination: string;
}

/** The COPYs and ADDs of a stage, in order. */
export function copiedPlaces(input: KeyedBuild, stage: number): readonly CopiedPlace[] {
  const directories = workingDirectories(input);
  return input.steps.flatMap((step, at): CopiedPlace[] => {
    const { keyword, arguments: parsed } = step.command;
    if (step.stage.index !== stage || (keyword !== 'COPY' && keyword !== 'ADD')) return [];
    if (parsed.form !== 'words' && parsed.form !== 'exec') return [];
    const destination = inDirectory(directories[at] ?? '/', parsed.words.at(-1) ?? '');
    return [{ step, sources: parsed.words.slice(0, -1), destination }];
  });
}

/** Whether a COPY or ADD takes files of the build context. */
export function takesContext({ command: { keyword, flags } }: KeyedStep): boolean {
  return (keyword === 'COPY' || keyword === 'ADD') && !flags.some(({ name }) => name === 'from');
}
