import type { HistoryStep } from './history-step.ts';
import type { Expected } from './record/expected.ts';
import type { ExpectedRecord } from './record/expected-record.ts';
import type { ChainStep } from './chain.ts';
import { type DockerfileBuilder, isDockerfileBuilder, type StepRecord } from './step-record.ts';

/**
 * How well a step of the history fits an instruction: `exact`, the record is what this instruction would give;
 * `normalized`, it is after a normalisation; `hash`, keyword, destination and number of sources fit, but a hash stands
 * for the sources; `name`, the file that holds the script is the same, which says nothing of the script; `keyword`,
 * nothing but the keyword can be compared.
 */
export type Grade = 'exact' | 'normalized' | 'hash' | 'name' | 'keyword';

/** Null: the step cannot come from this instruction. */
export function compareStep(step: HistoryStep, { expected }: ChainStep): Grade | null {
  if (step.keyword === null || step.record === null) return null;
  return grammarsOf(step).reduce<Grade | null>(
    (best, builder) => best ?? compareRecord(step.record, step.keyword, expected[builder]),
    null,
  );
}

/** Whose records a step is compared with. An instruction without marks may be BuildKit's, flattened by a tool, or kaniko's. */
export function grammarsOf({ builder }: HistoryStep): readonly DockerfileBuilder[] {
  return isDockerfileBuilder(builder) ? [builder] : ['buildkit', 'kaniko'];
}

function compareRecord(record: StepRecord | null, keyword: string | null, expected: Expected): Grade | null {
  if (record === null || keyword !== expected.keyword) return null;
  if (expected.records.length === 0) return 'keyword';
  return expected.records.reduce<Grade | null>(
    (best, each) => (best === 'exact' ? best : (gradeOf(record, each, expected.argNames) ?? best)),
    null,
  );
}

function gradeOf(
  record: StepRecord,
  { record: wanted, exact }: ExpectedRecord,
  argNames: readonly string[],
): Grade | null {
  const grade = exact ? 'exact' : 'normalized';
  switch (wanted.kind) {
    case 'command':
      return record.kind === 'command' && commandFits(record.text, wanted.text, argNames) ? grade : null;
    case 'script':
      return record.kind === 'command' && commandFits(record.text, wanted.text, argNames) ? 'name' : null;
    case 'text':
      return record.kind === 'text' && record.text.trim() === wanted.text.trim() ? grade : null;
    case 'end':
      return record.kind === 'text' && record.text.endsWith(wanted.text) ? grade : null;
    case 'copy': {
      const fits =
        record.kind === 'copy' &&
        record.keyword === wanted.keyword &&
        record.sources === wanted.sources &&
        record.destination === wanted.destination.trim();
      return fits ? 'hash' : null;
    }
  }
}

/** The same command, alone or after the arguments that it ran with: `|2 A=1 B=two words /bin/sh -c make`. */
function commandFits(text: string, command: string, argNames: readonly string[]): boolean {
  if (text === command) return true;
  if (!text.startsWith('|') || !text.endsWith(` ${command}`)) return false;
  const before = text.slice(0, -command.length - 1);
  const count = /^\|\d+/.exec(before)?.[0];
  if (count === undefined) return false;
  const pairs = before.slice(count.length).trimStart();
  // A shell in between makes the rest of the text the command, of which this one is only the end.
  if (/ -[a-z]*c(?: |$)/.test(pairs)) return false;
  return pairs === '' || argNames.includes(pairs.slice(0, Math.max(0, pairs.indexOf('='))));
}
