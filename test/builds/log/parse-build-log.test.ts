import { describe, expect, test } from 'vitest';
import { logLines } from '../../../src/builds/log/log-line.ts';
import { parseBuildLog } from '../../../src/builds/log/parse-build-log.ts';
import { fixtureText, readLog, summary } from '../fixture.ts';

/** What all of a fixture's steps are. */
const stepsOf = (name: string): string[] => summary(readLog(fixtureText(name)).steps);

describe("BuildKit's plain log", () => {
  test('of docker 28.5, with two stages at once', () => {
    expect(stepsOf('plain-28.txt')).toEqual([
      expect.stringMatching(/^other 1\/2 FROM localhost\/base:latest@sha256:\w+ cached$/),
      'build 2/4 WORKDIR /src cached',
      'build 3/4 COPY a.txt cached',
      'build 4/4 RUN cat 1.1',
      'other 2/2 RUN sleep 0.7',
      'stage-2 1/4 COPY b.txt 0',
      'stage-2 2/4 COPY --from=other 0',
      'stage-2 3/4 RUN echo 0.2',
    ]);
  });

  test('of docker 20.10, which prints digests and says FROM as it is written', () => {
    expect(stepsOf('plain-20.txt')).toEqual([
      'other 1/2 FROM localhost/base cached',
      'build 2/4 WORKDIR /src cached',
      'build 3/4 COPY a.txt 0',
      'build 4/4 RUN cat 1.1',
      'other 2/2 RUN sleep 0.6',
      'stage-2 1/4 COPY b.txt 0',
      'stage-2 2/4 COPY --from=other 0',
      'stage-2 3/4 RUN echo 0.1',
    ]);
  });

  test('of several platforms', () => {
    expect(stepsOf('plain-28-platforms.txt')).toEqual([
      'linux/amd64 stage-1 1/2 WORKDIR /x 0',
      'linux/amd64 one 1/3 COPY a 0',
      'linux/amd64 one 2/3 COPY b 0',
      'linux/amd64 stage-1 2/2 COPY --from=one 0',
    ]);
  });

  test('of a build that fails: the step that failed has no time', () => {
    expect(stepsOf('plain-28-failed.txt').slice(1)).toEqual(['- 2/4 RUN echo 0.1', '- 3/4 RUN echo null']);
  });

  test('holds what a command printed apart from what BuildKit says', () => {
    const log = '#5 [2/2] RUN evil\n#5 0.1 DONE 9.9s\n#5 0.1 #6 [1/1] RUN no\n#5 0.2 CACHED\n#5 DONE 1.5s\n';
    expect(summary(readLog(log).steps)).toEqual(['- 2/2 RUN evil 1.5']);
  });

  test('is the same with colours, carriage returns, and the prefixes of CI services', () => {
    const lines = fixtureText('plain-28.txt').trimEnd().split('\n');
    const plain = readLog(lines.join('\n'));
    const prefixed = (put: (line: string) => string): unknown => readLog(lines.map(put).join('\n'));
    expect(prefixed((line) => `\u001b[34m${line}\u001b[0m\r`)).toEqual(plain);
    expect(prefixed((line) => `2026-11-22T09:00:00.1234567Z ${line}`)).toEqual(plain);
    expect(prefixed((line) => `build\tBuild the image\t2026-11-22T09:00:00.1234567Z ${line}`)).toEqual(plain);
    expect(prefixed((line) => `2026-11-22T09:00:00.123456Z 01O ${line}`)).toEqual(plain);
  });

  test('of several builds, each with numbers of its own', () => {
    const first = '#0 building with "default"\n#1 [1/2] FROM a\n#1 DONE 0.1s\n#2 [2/2] RUN make\n#2 DONE 7.0s\n';
    const second = '#0 building with "default"\n#1 [1/2] FROM a\n#1 CACHED\n#2 [2/2] RUN make\n#2 CACHED\n';
    const expected = ['- 1/2 FROM a 0.1', '- 2/2 RUN make 7', '- 1/2 FROM a cached', '- 2/2 RUN make cached'];
    expect(summary(readLog(first + second).steps)).toEqual(expected);
    const old = (log: string): string => log.replaceAll(/^#0.*\n/gm, '');
    expect(summary(readLog(old(first) + old(second)).steps)).toEqual(expected);
  });
});

describe("BuildKit's rawjson", () => {
  test('counts the merge to a COPY --link that ran', () => {
    expect(stepsOf('rawjson-28.jsonl')).toEqual([
      expect.stringMatching(/^other 1\/2 FROM localhost\/base:latest@sha256:\w+ 0.01$/),
      // The copy took 4 ms; asking for the merge's key 9, and the merge 7.
      'stage-2 1/3 COPY --link 0.02',
      'other 2/2 RUN sleep cached',
      'build 2/5 WORKDIR /src cached',
      'build 3/5 COPY a.txt 0.008',
      'build 4/5 RUN cat 2.092',
      'build 5/5 RUN <<EOF 1.08',
      'stage-2 2/3 COPY --from=other 0.006',
      'stage-2 3/3 RUN --mount=type=cache,target=/c 0.09',
    ]);
  });

  test('knows a COPY --link as cached although its merge runs', () => {
    const { steps } = readLog(fixtureText('rawjson-28-link-cached.jsonl'));
    expect(summary(steps.filter(({ text }) => text.includes('--link')))).toEqual(['stage-2 1/3 COPY --link cached']);
  });

  test('of a build that fails', () => {
    expect(stepsOf('rawjson-28-failed.jsonl').slice(0, 2)).toEqual(['- 3/4 RUN echo null', '- 2/4 RUN echo cached']);
  });

  test('takes the time of all that was done for a step, and once what was done at once', () => {
    const run = (started: string, completed: string): string =>
      `{"vertexes":[{"digest":"sha256:1","name":"[1/1] RUN x","started":"2026-01-01T00:00:${started}Z","completed":"2026-01-01T00:00:${completed}Z"}]}\n`;
    expect(summary(readLog(run('00', '02') + run('01', '03') + run('10', '11')).steps)).toEqual(['- 1/1 RUN x 4']);
  });
});

describe("the classic builder's log", () => {
  test('counts through all stages, and a heading in the output of a command is none', () => {
    expect(stepsOf('classic-28-again.txt')).toEqual([
      '- 1/16 ARG BASE=localhost/base null',
      '- 2/16 FROM ${BASE} null',
      '- 3/16 ARG VERSION=1 cached',
      '- 4/16 ENV V=v$VERSION cached',
      '- 5/16 WORKDIR /src cached',
      '- 6/16 COPY a.txt cached',
      '- 7/16 RUN cat cached',
      '- 8/16 FROM localhost/base null',
      '- 9/16 RUN sleep cached',
      '- 10/16 FROM build null',
      '- 11/16 LABEL x=y cached',
      '- 12/16 COPY b.txt null',
      '- 13/16 COPY --from=other null',
      '- 14/16 RUN echo null',
      '- 15/16 WORKDIR / null',
      '- 16/16 CMD ["sh"] null',
    ]);
  });

  test('tells seconds where its lines have time stamps', () => {
    const log = [
      '2026-11-22T09:00:00.0000000Z Step 1/3 : FROM a',
      '2026-11-22T09:00:00.1000000Z  ---> f02227c444f8',
      '2026-11-22T09:00:00.2000000Z Step 2/3 : RUN make',
      '2026-11-22T09:00:00.3000000Z  ---> Running in b5ed68c9868a',
      '2026-11-22T09:00:04.0000000Z  ---> Removed intermediate container b5ed68c9868a',
      '2026-11-22T09:00:04.5000000Z  ---> 229bbf38cd11',
      '2026-11-22T09:00:05.0000000Z Step 3/3 : RUN test',
      '2026-11-22T09:00:05.0000000Z  ---> Using cache',
      '2026-11-22T09:00:05.0000000Z  ---> 229bbf38cd12',
    ];
    expect(summary(readLog(log.join('\n')).steps)).toEqual([
      '- 1/3 FROM a 0.1',
      '- 2/3 RUN make 4.3',
      '- 3/3 RUN test cached',
    ]);
  });
});

describe("buildah's log", () => {
  test('of 1.43, stage by stage', () => {
    expect(stepsOf('buildah-143-again.txt')).toEqual([
      '0 1/6 FROM localhost/base null',
      '0 2/6 ARG VERSION=1 cached',
      '0 3/6 ENV V=v$VERSION cached',
      '0 4/6 WORKDIR /src cached',
      '0 5/6 COPY a.txt cached',
      '0 6/6 RUN cat cached',
      '1 1/2 FROM localhost/base null',
      '1 2/2 RUN sleep cached',
      expect.stringMatching(/^2 1\/7 FROM \w{64} null$/),
      '2 2/7 LABEL x=y cached',
      '2 3/7 COPY b.txt null',
      '2 4/7 COPY --from=other null',
      '2 5/7 RUN echo null',
      '2 6/7 WORKDIR / null',
      '2 7/7 CMD ["sh"] null',
    ]);
  });

  test('is what podman 4.3 prints, too', () => {
    expect(readLog(fixtureText('podman-43.txt')).builder).toBe('buildah');
    expect(stepsOf('podman-43.txt').filter((step) => step.endsWith('cached'))).toEqual([
      '0 2/6 ARG VERSION=1 cached',
      '0 3/6 ENV V=v$VERSION cached',
      '0 4/6 WORKDIR /src cached',
    ]);
  });

  test('tells no seconds where stages are built at the same time', () => {
    const log = [
      '2026-11-22T09:00:00.0Z [1/2] STEP 1/2: FROM a',
      '2026-11-22T09:00:00.0Z [2/2] STEP 1/2: FROM a',
      '2026-11-22T09:00:00.0Z [1/2] STEP 2/2: RUN one',
      '2026-11-22T09:00:00.0Z [2/2] STEP 2/2: RUN two',
      '2026-11-22T09:00:09.0Z --> 229bbf38cd11',
    ];
    expect(summary(readLog(log.join('\n')).steps)).toEqual([
      '0 1/2 FROM a null',
      '1 1/2 FROM a null',
      '0 2/2 RUN one null',
      '1 2/2 RUN two null',
    ]);
  });
});

describe('the format', () => {
  test.each([
    ['plain-28.txt', 'buildkit'],
    ['plain-20.txt', 'buildkit'],
    ['rawjson-28.jsonl', 'buildkit'],
    ['classic-28.txt', 'classic'],
    ['buildah-143.txt', 'buildah'],
  ])('of %s is told by what is in it', (name, builder) => {
    expect(readLog(`Some script\nbefore the build\n${fixtureText(name)}`).builder).toBe(builder);
  });

  test('is of the outer build where a step prints the log of another', () => {
    const outer = 'STEP 1/2: FROM a\nSTEP 2/2: RUN docker build .\n';
    expect(readLog(outer + fixtureText('plain-28.txt')).builder).toBe('buildah');
  });

  test.each([
    '',
    'no log\n',
    '{"vertexes":3}\n',
    '{"vertexes":[]}',
    '#1 [internal] load .dockerignore\n#1 DONE 0.0s\n',
  ])('is none of %j', (log) => {
    expect(parseBuildLog(logLines(log))).toBeNull();
  });

  test.each([
    [
      'a million numbers',
      `#1 [1/1] RUN x\n${Array.from({ length: 100_000 }, (_, at) => `#${at + 2} [1/1] RUN x`).join('\n')}`,
    ],
    ['a line of megabytes', `#1 [1/1] RUN ${'$'.repeat(3_000_000)}`],
    ['open brackets', `#1 [1/1] RUN x\n#2 ${'['.repeat(1_000_000)}`],
    ['escapes without end', `Step 1/1 : FROM a\n${'\u001b[1'.repeat(300_000)}`],
    [
      'nested JSON',
      `{"vertexes":[{"digest":"1","name":"[1/1] RUN x","started":"2026-01-01T00:00:00Z"}]}\n{"vertexes":${'['.repeat(400_000)}`,
    ],
  ])('is read in bounds: %s', (_what, log) => {
    const { steps } = readLog(log);
    expect(steps.length).toBeLessThanOrEqual(10_000);
    expect(Math.max(...steps.map(({ text }) => text.length))).toBeLessThanOrEqual(16_384);
  });
});
