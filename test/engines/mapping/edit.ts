import type { Generated, GeneratedDockerfile } from './generate.ts';
import { Random } from '../../random.ts';

export type Edit = 'none' | 'inserted' | 'removed' | 'changed' | 'foreign';

export const EDITS: readonly Edit[] = ['none', 'inserted', 'removed', 'changed', 'foreign'];

/** The instructions as they stand in the file after an edit. Those that stay are the same objects. */
export function edited(
  { instructions, seed }: GeneratedDockerfile,
  edit: Edit,
  other: GeneratedDockerfile,
): readonly Generated[] {
  const random = new Random(seed * 5 + EDITS.indexOf(edit));
  const movable = instructions.flatMap(({ lines }, at) =>
    /^(?:FROM|ARG (?:FROM_IMAGE|GLOBAL=))/.test(lines[0] ?? '') ? [] : [at],
  );
  const at = random.pick(movable);
  switch (edit) {
    case 'none':
      return instructions;
    case 'inserted':
      return instructions.toSpliced(at, 0, { lines: ['RUN echo new \\', '  && echo lines'], marker: null, file: null });
    case 'removed':
      return instructions.toSpliced(at, 1);
    case 'changed': {
      const making = movable.filter((each) => instructions[each]?.marker !== null);
      const place = making.length === 0 ? at : random.pick(making);
      // Also the destination of a COPY: what its sources were, the classic builder does not record.
      const lines = (instructions[place]?.lines ?? []).map((line) =>
        line.replaceAll('x', 'changed').replaceAll('/m/', '/m/changed/'),
      );
      return instructions.toSpliced(place, 1, { lines, marker: null, file: null });
    }
    case 'foreign':
      return other.instructions;
  }
}

/** The file, and the first line of each instruction. */
export function write(instructions: readonly Generated[]): {
  readonly text: string;
  readonly lineOf: ReadonlyMap<Generated, number>;
} {
  const lineOf = new Map<Generated, number>();
  const lines: string[] = [];
  for (const instruction of instructions) {
    lineOf.set(instruction, lines.length + 1);
    lines.push(...instruction.lines);
  }
  return { text: `${lines.join('\n')}\n`, lineOf };
}
