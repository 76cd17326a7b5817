import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { StepCost } from '../../cache/step-costs.ts';
import { stageName } from './explained-build.ts';
import type { ReplayedBuild } from './replayed-build.ts';

/** `cache replay --json` (docs/schema/cache-replay.v1.json). */
export function replayJson({ builder, dockerfile, target, replay, warnings }: ReplayedBuild): string {
  const { from, to, perCommit, lines, commits } = replay;
  const report = {
    schemaVersion: 1,
    builder,
    dockerfile,
    target,
    commits: commits.length,
    range: { from, to },
    perCommit: { steps: perCommit.steps, ...rounded(perCommit) },
    lines: lines.map(({ step, reruns, depends, rate, firstMisses, cost }) => ({
      ...place(step),
      endLine: step.instruction.endLine,
      keyword: step.command.keyword,
      text: step.instruction.text,
      reruns,
      depends,
      rate,
      firstMisses,
      ...rounded(cost),
    })),
    history: commits.map(({ id, date, subject, firstMiss, rerun, cost }) => ({
      commit: id,
      date,
      subject,
      firstMiss: firstMiss === null ? null : place(firstMiss),
      rerun,
      ...rounded(cost),
    })),
    warnings,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function place(step: KeyedStep): { readonly line: number; readonly stage: string } {
  return { line: step.instruction.startLine, stage: stageName({ step }) };
}

/** Whole bytes, and milliseconds: a mean has more digits than anybody measured. */
function rounded({ bytes, seconds }: StepCost): StepCost {
  return {
    bytes: bytes === null ? null : Math.round(bytes),
    seconds: seconds === null ? null : Math.round(seconds * 1000) / 1000,
  };
}
