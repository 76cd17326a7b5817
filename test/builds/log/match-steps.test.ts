import { describe, expect, test } from 'vitest';
import { matchSteps } from '../../../src/builds/log/match-steps.ts';
import { secondsByLine } from '../../../src/builds/log/seconds-by-line.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { fixtureDockerfile, fixtureText, readLog } from '../fixture.ts';

/** `line: text` of each step of a log that was found in a Dockerfile. */
function matched(log: string, text: string, buildArgs: ReadonlyMap<string, string> = new Map()): string[] {
  const steps = matchSteps(readLog(log), parseDockerfile(text), buildArgs);
  return steps.map(({ logged, counted }) => `${counted.instruction.startLine}: ${logged.text}`);
}

const twoStages = fixtureText('two-stages.Dockerfile');

describe('steps of a log are found in the Dockerfile', () => {
  test.each([
    // FROM of the first stage is told as the same step as FROM of the second one.
    ['plain-28.txt', [9, 5, 6, 7, 10, 13, 14, 15]],
    ['plain-20.txt', [9, 5, 6, 7, 10, 13, 14, 15]],
    ['classic-28.txt', [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17]],
    ['buildah-143.txt', [2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17]],
    ['podman-43.txt', [2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17]],
  ])('of %s', (name, lines) => {
    const log = readLog(fixtureText(name));
    const steps = matchSteps(log, parseDockerfile(twoStages), new Map());
    expect(steps.map(({ counted }) => counted.instruction.startLine)).toEqual(lines);
    expect(steps.map(({ logged }) => logged)).toEqual(log.steps);
  });

  test('by their numbers where they read the same', () => {
    const text = 'FROM a\nRUN make\nWORKDIR /\nRUN make\n';
    const log = '#5 [1/4] FROM a\n#6 [2/4] RUN make\n#6 DONE 1.0s\n#7 [3/4] RUN make\n#7 DONE 2.0s\n';
    expect(matched(log, text)).toEqual(['1: FROM a', '2: RUN make', '4: RUN make']);
  });

  test('by their texts where lines were added since, unless two read the same', () => {
    const log = '#5 [1/3] FROM a\n#6 [2/3] RUN make\n#7 [3/3] RUN test\n';
    expect(matched(log, 'FROM a\nRUN new\nRUN make\nRUN test\n')).toEqual(['1: FROM a', '3: RUN make', '4: RUN test']);
    expect(matched(log, 'FROM a\nRUN new\nRUN test\nRUN make\nRUN make')).toEqual(['1: FROM a', '3: RUN test']);
  });

  test('of any length', () => {
    const long = `RUN echo ${'x'.repeat(100_000)}`;
    expect(matched(`#5 [2/2] ${long}`, `FROM a\n${long}\n`).map((step) => step.slice(0, 12))).toEqual(['2: RUN echo ']);
    const hostile = `RUN ${'${'.repeat(50_000)}`;
    expect(matched(`#5 [2/2] RUN ${'x'.repeat(50_000)}`, `FROM a\n${hostile}\n`)).toHaveLength(1);
  });

  test('not where they read otherwise', () => {
    expect(matched('#5 [2/2] RUN make all\n', 'FROM a\nRUN make\n')).toEqual([]);
    expect(matched('#5 [2/2] RUN make\n', 'FROM a\nCOPY make .\n')).toEqual([]);
  });

  test('with variables in, in lower case, over several lines, and with a here-document', () => {
    const text = 'FROM a\nARG V=1\nrun curl x/$V/${V:-${W}}/y \\\n  -o z\nRUN <<EOF\necho hello\nEOF\nCOPY a\\ b c\n';
    const log =
      '#5 [2/4] RUN curl x/1/1/y   -o z\n#6 [3/4] RUN <<EOF (echo hello...)\n#7 [4/4] COPY a b c\n#8 [2/4] RUN curl x/1/1/y -o q';
    expect(matched(log, text)).toEqual(['3: RUN curl x/1/1/y   -o z', '5: RUN <<EOF (echo hello...)', '8: COPY a b c']);
  });

  test('of a trigger, at its ONBUILD', () => {
    const text = 'FROM a AS base\nRUN one\nONBUILD RUN two\nFROM base\nRUN three\n';
    expect(matched('#5 [stage-1 1/2] RUN two\n#6 [stage-1 2/2] RUN three', text)).toEqual([
      '3: RUN two',
      '5: RUN three',
    ]);
  });

  test('of a stage whose base is another one by an argument', () => {
    const text = 'ARG FROM_STAGE=x\nFROM a AS one\nRUN 1\nFROM $FROM_STAGE AS two\nRUN 2\n';
    expect(matched('#5 [two 1/1] RUN 2', text, new Map([['FROM_STAGE', 'one']]))).toEqual(['5: RUN 2']);
  });

  test("of a stage that is a number, a name, a number's name, or unknown", () => {
    const text = 'FROM a AS Build\nRUN 1\nFROM a\nRUN 2\n';
    expect(matched('#5 [build 2/2] RUN 1\n#6 [stage-1 2/2] RUN 2\n#7 [other 2/2] RUN 2\n#8 [2/2] RUN 2', text)).toEqual(
      ['2: RUN 1', '4: RUN 2'],
    );
    expect(matched('#5 [web 2/2] RUN 1', 'FROM a\nRUN 1')).toEqual(['2: RUN 1']);
    expect(matched('[3/3] STEP 1/2: FROM a', text)).toEqual([]);
  });
});

test('seconds are by line; a cached step has none, and of several platforms the longest counts', () => {
  const seconds = (log: string, text: string): unknown =>
    [...secondsByLine(matchSteps(readLog(log), parseDockerfile(text), new Map()))].sort(
      ([one], [other]) => one - other,
    );
  expect([
    ...secondsByLine(
      matchSteps(readLog(fixtureText('plain-28.txt')), fixtureDockerfile('two-stages.Dockerfile'), new Map()),
    ),
  ]).toEqual([
    [7, 1.1],
    [10, 0.7],
    [13, 0],
    [14, 0],
    [15, 0.2],
  ]);
  const platforms =
    '#5 [linux/amd64 2/2] RUN make\n#5 DONE 2.0s\n#6 [linux/arm64 2/2] RUN make\n#6 DONE 30.1s\n#7 [linux/s390x 2/2] RUN make\n#7 CACHED\n';
  expect(seconds(platforms, 'FROM a\nRUN make\n')).toEqual([[2, 30.1]]);
});
