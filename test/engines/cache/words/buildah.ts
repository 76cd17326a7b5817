import type { ReportedStep } from '../reported-step.ts';

/**
 * What buildah prints: `[1/2] STEP 2/4: COPY a /a`, where it has the result `--> Using cache` and its number, and at the end
 * `-->` and the number's start. A step that waits for another stage has that one's lines before the rest of its own.
 */
export function readBuildah(said: string): readonly ReportedStep[] {
  const steps: ReportedStep[] = [];
  const open: number[] = [];
  for (const line of said.split('\n')) {
    const [, stage = '1', number, text = ''] = /^(?:\[(\d+)\/\d+\] )?STEP (\d+)\/\d+: (.*)$/.exec(line) ?? [];
    if (number !== undefined) {
      const at = steps.push({ stage: String(Number(stage) - 1), number: Number(number), text, cached: false }) - 1;
      // Nothing more is said of FROM.
      if (Number(number) > 1) open.push(at);
    } else if (line.startsWith('--> Using cache ')) {
      const last = steps[open.at(-1) ?? -1];
      if (last !== undefined) steps[open.at(-1) ?? -1] = { ...last, cached: true };
    } else if (/^--> [0-9a-f]{12}$/.test(line)) open.pop();
  }
  return steps;
}
