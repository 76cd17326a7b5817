import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { Replay } from '../../cache/replay/replay.ts';
import type { StepCost } from '../../cache/step-costs.ts';
import { stageName } from './explained-build.ts';

/** A line of a Dockerfile with what the commits of a history would have re-run of it. */
export interface ReportReplayedLine extends StepCost {
  readonly line: number;
  readonly endLine: number;
  readonly stage: string;
  readonly keyword: string;
  readonly text: string;
  readonly reruns: number;
  readonly depends: number;
  readonly rate: number;
  readonly firstMisses: number;
}

export function reportReplayedLines({ lines }: Replay): readonly ReportReplayedLine[] {
  return lines.map(({ step, reruns, depends, rate, firstMisses, cost }) => ({
    ...placeOf(step),
    endLine: step.instruction.endLine,
    keyword: step.command.keyword,
    text: step.instruction.text,
    reruns,
    depends,
    rate,
    firstMisses,
    ...rounded(cost),
  }));
}

/** Means per commit. */
export function reportPerCommit({ perCommit }: Replay): Replay['perCommit'] {
  return { steps: perCommit.steps, ...rounded(perCommit) };
}

export function placeOf(step: KeyedStep): { readonly line: number; readonly stage: string } {
  return { line: step.instruction.startLine, stage: stageName({ step }) };
}

/** Whole bytes, and milliseconds: a mean has more digits than anybody measured. */
export function rounded({ bytes, seconds }: StepCost): StepCost {
  return {
    bytes: bytes === null ? null : Math.round(bytes),
    seconds: seconds === null ? null : Math.round(seconds * 1000) / 1000,
  };
}
