import type { KeyedStep } from '../../cache/keyed-step.ts';
import { cleanPath } from '../../dockerfile/record/build-state.ts';

/** Where a COPY or ADD puts things, and what is said of its sources. */
export interface CopiedPlace {
  readonly step: KeyedStep;
  /** As written. */
  readonly sources: readonly string[];
  /** Absolute, without a slash at the end; null where it depends on what is not known here. */
  readonly destination: string | null;
}

/** The COPYs and ADDs of a stage, in order. Base images' working directories are not known. */
export function copiedPlaces(steps: readonly KeyedStep[], stage: number): readonly CopiedPlace[] {
  let workingDir: string | null = null;
  const places: CopiedPlace[] = [];
  for (const step of steps) {
    if (step.stage.index !== stage) continue;
    const { keyword, arguments: parsed } = step.command;
    if (keyword === 'WORKDIR' && parsed.form === 'text') workingDir = resolve(workingDir, parsed.text);
    if ((keyword !== 'COPY' && keyword !== 'ADD') || parsed.form === 'pairs' || parsed.form === 'text') continue;
    const destination = resolve(workingDir, parsed.words.at(-1) ?? '');
    places.push({ step, sources: parsed.words.slice(0, -1), destination });
  }
  return places;
}

function resolve(workingDir: string | null, path: string): string | null {
  const word = path.trim().replaceAll(/^["']|["']$/g, '');
  if (word.includes('$')) return null;
  if (word.startsWith('/')) return cleanPath(word);
  return workingDir === null ? null : cleanPath(`${workingDir}/${word}`);
}

/** Whether a COPY takes files of the build context. */
export function takesContext({ command }: KeyedStep): boolean {
  return (
    (command.keyword === 'COPY' || command.keyword === 'ADD') && !command.flags.some(({ name }) => name === 'from')
  );
}
