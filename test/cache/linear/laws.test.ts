import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildahModel } from '../../../src/cache/buildah/buildah-model.ts';
import { classicModel } from '../../../src/cache/classic/classic-model.ts';
import { kanikoModel } from '../../../src/cache/kaniko/kaniko-model.ts';
import { type BuildOf, buildInputs, secondBuild } from '../second-build.ts';

const models = [classicModel, buildahModel, kanikoModel];

const line = fc.constantFrom(
  'RUN make',
  'RUN --mount=type=cache,target=/c make',
  'COPY a /x/',
  'COPY . /all',
  'COPY d* b /some/',
  'ADD --chmod=755 d /d',
  'ARG V=1',
  'ARG W',
  'ENV E=$V',
  'LABEL l=${W:-none}',
  'WORKDIR sub',
  'USER 1',
  'CMD run',
);

const stages = fc
  .array(fc.array(line, { maxLength: 6 }), { minLength: 1, maxLength: 4 })
  .chain((bodies) =>
    fc
      .tuple(
        ...bodies.map((_, at) =>
          fc.constantFrom('base', 'scratch', ...Array.from({ length: at }, (_u, of) => `s${of}`)),
        ),
      )
      .map((froms) => bodies.map((body, at) => [`FROM ${froms[at]} AS s${at}`, ...body].join('\n')).join('\n')),
  );

const content = fc.constantFrom('1', '2', '3');
const files = fc.record({ a: content, b: content, 'd/e': content, 'd/f/g': content });
const args = fc.dictionary(fc.constantFrom('V', 'W', 'HTTP_PROXY'), content);
const build: fc.Arbitrary<BuildOf> = fc.record({ dockerfile: stages, files, args });

describe.each(models.map((model) => [model.builder, model] as const))('any build by %s', (_builder, model) => {
  it('finds all it did when nothing changed', () => {
    fc.assert(
      fc.property(build, (inputs) => {
        expect(secondBuild(model, inputs, {})).toMatch(/^[C ]+$/);
      }),
    );
  });

  it('carries a miss on to the end of the stage', () => {
    fc.assert(
      fc.property(build, files, args, (inputs, otherFiles, otherArgs) => {
        for (const stage of secondBuild(model, inputs, { files: otherFiles, args: otherArgs }).split(' '))
          expect(stage).toMatch(/^C*R*$/);
      }),
    );
  });

  it('points only to earlier steps', () => {
    fc.assert(
      fc.property(build, (inputs) => {
        for (const [index, { parents, parts }] of model.keySteps(buildInputs(inputs)).entries())
          for (const other of [...parents, ...parts.flatMap(({ from }) => from ?? [])])
            expect(other).toBeLessThan(index);
      }),
    );
  });

  it('survives any text', () => {
    const words =
      'FROM RUN COPY ARG ENV ONBUILD WORKDIR --from= --mount= --chmod= $ ${ } " \' \\ [ ] <<E AS a 0 / .. * = :- ,';
    const token = fc.constantFrom(...words.split(' '), ' ', '\n', '\u0000', '\u{1F600}');
    const text = fc.array(token, { maxLength: 60 }).map((tokens) => `FROM a\n${tokens.join('')}`);
    fc.assert(
      fc.property(
        text,
        files,
        fc.option(fc.constantFrom('a', '0', '99'), { nil: undefined }),
        (dockerfile, of, target) => {
          const steps = model.keySteps(
            buildInputs({ dockerfile, files: of, ...(target === undefined ? {} : { target }) }),
          );
          for (const { key, hopefulKey } of steps) expect(key + hopefulKey).toMatch(/^(?:[0-9a-f]{128})?$/);
        },
      ),
      { numRuns: 300 },
    );
  });
});
