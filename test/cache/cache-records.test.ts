import { describe, expect, it } from 'vitest';
import { CacheRecords } from '../../src/cache/cache-records.ts';
import { explainSteps } from '../../src/cache/explain/explain-steps.ts';
import { modelOf } from '../../src/cache/models.ts';
import { dockerfileBuilders } from '../../src/dockerfile/step-record.ts';
import { buildInputs } from './second-build.ts';

/** Two stages that begin alike. */
const dockerfile = `FROM base AS tests
COPY a /a
RUN install
RUN tests
FROM base
COPY a /a
RUN install
RUN build
COPY --from=tests /report /report
`;

describe('the same step in two stages', () => {
  it.each(dockerfileBuilders)('is there for the second one, with %s', (builder) => {
    const { keySteps } = modelOf(builder);
    const [before, after] = ['1', '2'].map((a) => keySteps(buildInputs({ dockerfile, files: { a } })));
    const records = new CacheRecords();
    records.add(before ?? []);
    const statuses = records
      .statusesOf(after ?? [])
      .map((status, at) => `${after?.[at]?.instruction.startLine} ${status}`);
    expect(statuses.join(', ')).toBe(
      '1 cached, 2 rerun, 3 rerun, 4 rerun, 5 cached, 6 cached, 7 cached, 8 rerun, 9 rerun',
    );
  });

  it('is still why what follows re-runs', () => {
    const { keySteps } = modelOf('classic');
    const [before = [], after = []] = ['1', '2'].map((a) => keySteps(buildInputs({ dockerfile, files: { a } })));
    const eighth = explainSteps(before, after).find(({ step }) => step.instruction.startLine === 8);
    expect(eighth?.because).toEqual([{ kind: 'parent', detail: 'line 7 re-runs', step: 6 }]);
  });

  it('has moved with its image in both', () => {
    const { keySteps } = modelOf('buildkit');
    const base = (identity: string) => ({ base: { identity, config: null } });
    const [before = [], after = []] = ['1', '2'].map((id) => keySteps(buildInputs({ dockerfile, bases: base(id) })));
    expect(
      explainSteps(before, after).flatMap(({ step, status }) => (step.command.keyword === 'FROM' ? status : [])),
    ).toEqual(['rerun', 'rerun']);
  });
});
