import type { ReportedStep } from '../reported-step.ts';

/**
 * What the classic builder prints. Steps are numbered through all stages. Triggers are counted, and only those from the
 * cache have a line each, but nothing is cached after what is not.
 */
export function readClassic(said: string): readonly ReportedStep[] {
  const steps: ReportedStep[] = [];
  let stage = -1;
  /** The step that the next word of the cache is about. */
  let at = -1;
  const add = (number: number, text: string): void => {
    steps.push({ stage: String(stage), number, text, cached: false });
  };
  for (const line of said.split('\n')) {
    const text = /^Step \d+\/\d+ : (.*)$/.exec(line)?.[1];
    if (text !== undefined) {
      const isFrom = /^from\s/i.test(text);
      if (isFrom) stage++;
      // ARG before the first FROM is a step, too.
      if (stage < 0) continue;
      add(isFrom ? 1 : (steps.at(-1)?.number ?? 0) + 1, text);
      at = steps.length - 1;
      continue;
    }
    const triggers = Number(/^# Executing (\d+) build triggers?$/.exec(line)?.[1] ?? 0);
    if (triggers > 0) {
      at = steps.length;
      for (let count = 0; count < triggers; count++) add((steps.at(-1)?.number ?? 0) + 1, '');
    }
    const step = steps[at];
    if (line === ' ---> Using cache' && step !== undefined) steps[at++] = { ...step, cached: true };
  }
  return steps;
}
