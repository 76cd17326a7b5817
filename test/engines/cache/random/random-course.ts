import { Random } from '../../../random.ts';
import type { TruthBuilder } from '../cache-case.ts';
import type { KnownCourse } from '../describe-courses.ts';
import { generateProgram } from './generate.ts';
import { mutate } from './mutate.ts';
import { outputOf, type Program, stateOf } from './program.ts';

/** A program and its changes, one upon the other; now and then it is as it was before. */
export function randomCourse(builder: TruthBuilder, seed: number, changes: number): KnownCourse {
  const random = new Random(seed);
  const programs: Program[] = [generateProgram(builder, random)];
  for (let count = 0; count < changes; count++) {
    const from = random.below(8) === 0 ? random.pick(programs) : programs.at(-1);
    if (from !== undefined) programs.push(mutate(builder, from, random));
  }
  const states = programs.map(stateOf);
  return {
    name: `random-${seed}`,
    builder,
    states,
    outputOf: (state) => {
      const program = programs[states.indexOf(state)];
      return (stage) => (program === undefined || stage === null ? undefined : outputOf(program, stage));
    },
  };
}
