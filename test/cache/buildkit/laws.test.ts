import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildkitModel } from '../../../src/cache/buildkit/buildkit-model.ts';
import type { BuildInputs } from '../../../src/cache/build-inputs.ts';
import type { KeyedStep } from '../../../src/cache/keyed-step.ts';
import { inputsOf } from '../inputs-of.ts';

const paths = ['a', 'b', 'd/a', 'd/b', 'd/e/a', 'f/a'] as const;
const sources = ['.', 'a', 'd', 'd/e', '*', 'd/*', '*/a', '--exclude=a d', 'f ./b'] as const;
const others = ['RUN x', 'RUN --mount=type=bind,source=d,target=/d x', 'ENV A=1', 'LABEL a=b', 'WORKDIR /w'] as const;

/** What each source takes, spelled out. */
const taken: Readonly<Record<(typeof sources)[number], readonly string[]>> = {
  '.': paths,
  a: ['a'],
  d: ['d/a', 'd/b', 'd/e/a'],
  'd/e': ['d/e/a'],
  '*': paths,
  'd/*': ['d/a', 'd/b', 'd/e/a'],
  '*/a': ['d/a', 'f/a'],
  '--exclude=a d': ['d/b', 'd/e/a'],
  'f ./b': ['f/a', 'b'],
};

const copy = fc.constantFrom(...sources).map((source) => `COPY ${source} /t/`);
const lines = fc.array(
  fc.oneof(
    copy,
    copy.map((line) => line.replace('COPY', 'COPY --link')),
    fc.constantFrom(...others),
  ),
  {
    minLength: 1,
    maxLength: 12,
  },
);

function takes(line: string, path: string): boolean {
  if (line.includes('--mount')) return path.startsWith('d/');
  const source = sources.find((each) => line.replace(/^COPY (--link )?/, '') === `${each} /t/`);
  return source !== undefined && taken[source].includes(path);
}

function build(text: readonly string[], changed: string | null): BuildInputs {
  const files = Object.fromEntries(paths.map((path) => [path, path === changed ? 'new' : path]));
  return inputsOf(['FROM base', ...text].join('\n'), { files });
}

function keysOf(steps: readonly KeyedStep[]): string[] {
  return steps.map(({ key }) => key);
}

test('the same inputs have the same keys', () => {
  fc.assert(
    fc.property(lines, (text) => {
      expect(keysOf(buildkitModel.keySteps(build(text, null)))).toEqual(
        keysOf(buildkitModel.keySteps(build(text, null))),
      );
    }),
  );
});

test('a changed file changes the keys of what takes it and of what follows from that, and no other', () => {
  fc.assert(
    fc.property(lines, fc.constantFrom(...paths), (text, path) => {
      const before = buildkitModel.keySteps(build(text, null));
      const after = buildkitModel.keySteps(build(text, path));
      const missed = new Set<number>();
      for (const [index, { command, parents }] of after.entries()) {
        if (takes(command.line, path) || parents.some((parent) => missed.has(parent))) missed.add(index);
      }
      const changed = after.flatMap(({ key }, index) => (key === before[index]?.key ? [] : [index]));
      expect(changed).toEqual([...missed]);
    }),
  );
});

test('without other stages, there is nothing to hope for', () => {
  fc.assert(
    fc.property(lines, (text) => {
      for (const { key, hopefulKey } of buildkitModel.keySteps(build(text, null))) expect(hopefulKey).toBe(key);
    }),
  );
});

test('whatever the text, there are steps and no errors', () => {
  const word = fc.constantFrom(
    'COPY',
    'ADD',
    'RUN',
    'ENV',
    '--mount=',
    'type=cache,',
    '--from=',
    '0',
    '$A',
    '${',
    '<<E',
    '"',
    '[',
    'FROM',
    ' ',
    '\\',
    '=',
    'a',
  );
  fc.assert(
    fc.property(fc.array(fc.array(word).map((words) => words.join(''))), (text) => {
      expect(buildkitModel.keySteps(build(text, null)).length).toBeGreaterThan(0);
    }),
  );
});

test('a Dockerfile that was made to take long does not', () => {
  const doubling = ['ENV A=x', ...Array.from({ length: 200 }, (_, at) => `ENV V${at}=$A$A$A$A A=$A$A`), 'RUN x'];
  const wide = `ENV ${Array.from({ length: 50_000 }, (_, at) => `W${at}=1`).join(' ')}`;
  const steps = buildkitModel.keySteps(
    build([...doubling, wide, ...Array.from({ length: 3000 }, () => 'RUN y')], null),
  );
  expect(steps).toHaveLength(2048);
  expect(steps.at(-1)?.parts.length).toBeLessThan(1010);
});
