import type { ReportedStep } from '../reported-step.ts';

/** What buildah prints: `[1/2] STEP 2/4: COPY a /a`, and where it has the result, `--> Using cache` after it. */
export function readBuildah(said: string): readonly ReportedStep[] {
  const steps: ReportedStep[] = [];
  for (const line of said.split('\n')) {
    const [, stage = '1', number, text = ''] = /^(?:\[(\d+)\/\d+\] )?STEP (\d+)\/\d+: (.*)$/.exec(line) ?? [];
    const last = steps.at(-1);
    if (number !== undefined) {
      steps.push({ stage: String(Number(stage) - 1), number: Number(number), text, cached: false });
    } else if (last !== undefined && line.startsWith('--> Using cache ')) {
      steps[steps.length - 1] = { ...last, cached: true };
    }
  }
  return steps;
}
