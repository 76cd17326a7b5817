import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { Dockerfile, Instruction } from '../../dockerfile/dockerfile.ts';
import type { CacheRuleInput } from './cache-rule.ts';

/** Two values that nobody would give. */
const before = '0123456789abcdef0123456789abcdef01234567';
const after = 'fedcba9876543210fedcba9876543210fedcba98';

/** The instructions that another value of a build argument would re-run: the builder's model says it. */
export function rerunByArgument(
  { model, inputs }: Pick<CacheRuleInput, 'model' | 'inputs'>,
  name: string,
): ReadonlySet<Instruction> {
  const keyed = (value: string): readonly KeyedStep[] =>
    model.keySteps({ ...inputs, buildArgs: new Map([...inputs.buildArgs, [name, value]]) });
  const others = keyed(after);
  const changed = keyed(before).filter(({ role, key }, at) => role === 'step' && others[at]?.key !== key);
  return new Set(changed.map(({ instruction }) => instruction));
}

/** A Dockerfile that lacks an instruction. */
export function withoutInstruction(dockerfile: Dockerfile, instruction: Instruction): Dockerfile {
  const stages = dockerfile.stages.map((stage) => ({
    ...stage,
    instructions: stage.instructions.filter((each) => each !== instruction),
  }));
  return { ...dockerfile, stages };
}
