import { CacheRecords } from '../../../src/cache/cache-records.ts';
import type { KeyedStep } from '../../../src/cache/keyed-step.ts';
import { modelOf } from '../../../src/cache/models.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import type { DockerfileBuilder } from '../../../src/dockerfile/step-record.ts';
import { type BuildState, type CacheCase, statesOf } from './cache-case.ts';
import { sentTree, wholeTree } from './context.ts';

/**
 * What a builder's model runs again of the second build of a case: `COPY, RUN`, with `?` where that is for another stage's
 * output to tell, `nothing`, or `–` for a builder that has no such thing.
 */
export function missedSteps(each: CacheCase, builder: DockerfileBuilder): string {
  if (builder !== 'kaniko' && each.builders?.includes(builder) === false) return '–';
  const [before, after] = statesOf(each).map((state) => keySteps(state, builder));
  const records = new CacheRecords();
  records.add(before ?? []);
  const missed = (after ?? []).flatMap((step): string[] => {
    const status = records.statusOf(step);
    if (status === 'rerun') return [step.command.keyword];
    return status === 'depends' ? [`${step.command.keyword}?`] : [];
  });
  return missed.length === 0 ? 'nothing' : missed.join(', ');
}

function keySteps(state: BuildState, builder: DockerfileBuilder): readonly KeyedStep[] {
  const { dockerfile, target, args, moving } = state;
  return modelOf(builder).keySteps({
    dockerfile: parseDockerfile(dockerfile),
    target,
    buildArgs: new Map(Object.entries(args)),
    context: sentTree(wholeTree(state), builder === 'kaniko' ? 'buildkit' : builder),
    bases: new Map([['localhost/moving', { identity: moving, config: null }]]),
  });
}
