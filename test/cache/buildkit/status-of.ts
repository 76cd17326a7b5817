import { buildkitModel } from '../../../src/cache/buildkit/buildkit-model.ts';
import type { BuildInputs } from '../../../src/cache/build-inputs.ts';
import { CacheRecords } from '../../../src/cache/cache-records.ts';
import { inputsOf, type Inputs } from '../inputs-of.ts';

/** One state of a build: a Dockerfile below `FROM base`, unless it has a FROM of its own, and the rest. */
export type State = readonly [dockerfile: string, inputs?: Inputs];

/** `COPY cached` and so on, of what the second of two states has to build again. */
export function statusOf(before: State, after: State): string[] {
  const records = new CacheRecords();
  records.add(buildkitModel.keySteps(inputs(before)));
  return buildkitModel
    .keySteps(inputs(after))
    .map((step) => `${step.command.keyword} ${records.statusOf(step)}`)
    .filter((status) => status !== 'FROM cached');
}

export function inputs([dockerfile, rest]: State): BuildInputs {
  return inputsOf(/^FROM/im.test(dockerfile) ? dockerfile : `FROM base\n${dockerfile}`, rest);
}
