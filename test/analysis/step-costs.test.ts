import { describe, expect, test } from 'vitest';
import { historySeconds } from '../../src/analysis/history-seconds.ts';
import { imageStepCosts, withSeconds } from '../../src/analysis/step-costs.ts';
import { mapLayers } from '../../src/dockerfile/map-layers.ts';
import type { Mapping } from '../../src/dockerfile/mapping.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import type { ImageConfig } from '../../src/image/config.ts';
import { config } from '../dockerfile/image-config.ts';

/** A step of a history: what was done, when (hours:minutes:seconds), and whether a layer came of it. */
type Step = readonly [createdBy: string, time: string, layer?: 'empty'];

function image(comment: string, steps: readonly Step[]): ImageConfig {
  const history = steps.map(([createdBy, time, empty]) => ({
    createdBy,
    comment,
    created: `2026-11-22T${time}Z`,
    emptyLayer: empty !== undefined,
  }));
  return config({ history });
}

function mapped(text: string, image: ImageConfig): Mapping {
  return mapLayers({
    dockerfile: parseDockerfile(text),
    config: image,
    layerDigests: [],
    provenance: null,
    baseConfig: null,
    target: null,
    buildArgs: new Map(),
  });
}

const buildkit = 'buildkit.dockerfile.v0';

/** As docker 28.5 wrote it of these lines, `slow` having been built meanwhile. */
const text = [
  'FROM x AS slow',
  'RUN sleep 3',
  'FROM x',
  'RUN sleep 1',
  'ENV A=1',
  'COPY f /f',
  'RUN sleep 2',
  'WORKDIR /w',
  'COPY --from=slow /s /s',
  'RUN --mount=type=bind,from=slow,target=/s sleep 1',
  'RUN --mount=type=cache,target=/c sleep 1',
  'CMD ["x"]',
].join('\n');

const measured: readonly Step[] = [
  ['', '08:55:04.312506734'],
  ['RUN /bin/sh -c sleep 1 # buildkit', '09:05:58.662149319'],
  ['ENV A=1', '09:05:58.669426289', 'empty'],
  ['COPY f /f # buildkit', '09:05:58.669426289'],
  ['RUN /bin/sh -c sleep 2 # buildkit', '09:06:00.837363353'],
  ['WORKDIR /w', '09:06:00.853659333'],
  ['COPY /s /s # buildkit', '09:06:03.633376216'],
  ['RUN /bin/sh -c sleep 1 # buildkit', '09:06:05.633376216'],
  ['RUN /bin/sh -c sleep 1 # buildkit', '09:06:06.84097074'],
  ['CMD ["x"]', '09:06:06.84097074', 'empty'],
];

const secondsOf = (file: string, built: ImageConfig): unknown => [
  ...historySeconds(mapped(file, built), built.history),
];

describe('seconds from a history', () => {
  test('are of RUN after a step of the same Dockerfile, where nothing else is waited for', () => {
    expect(secondsOf(text, image(buildkit, measured))).toEqual([
      [7, 2.168],
      [11, 1.207],
    ]);
  });

  test('of the classic builder count from the metadata step before, which has a time of its own', () => {
    const classic = image('', [
      ['/bin/sh -c #(nop)  CMD ["/bin/sh"]', '08:00:00', 'empty'],
      ['/bin/sh -c #(nop) ADD file:0123456789abcdef in / ', '08:00:00'],
      ['/bin/sh -c sleep 1', '09:06:09'],
      ['/bin/sh -c #(nop)  ENV A=1', '09:06:10', 'empty'],
      ['/bin/sh -c sleep 2', '09:06:12'],
    ]);
    expect(secondsOf('FROM x\nRUN sleep 1\nENV A=1\nRUN sleep 2', classic)).toEqual([[4, 2]]);
  });

  test.each<[string, readonly [string, string, string]]>([
    ['all have the same time, that of SOURCE_DATE_EPOCH', ['09:00:00', '09:00:00', '09:00:00']],
    ['more than an hour lies between, so the first was cached', ['09:00:00', '10:30:00', '11:30:01']],
    ['a step is older than the one below it', ['09:00:00', '08:00:00', '08:59:00']],
  ])('are not told where %s', (_what, [one, two, three]) => {
    const built = image(buildkit, [
      ['COPY f /f # buildkit', one],
      ['RUN /bin/sh -c make # buildkit', two],
      ['RUN /bin/sh -c test # buildkit', three],
    ]);
    expect(secondsOf('FROM scratch\nCOPY f /f\nRUN make\nRUN test', built)).toEqual([]);
  });

  test('count from the youngest step below, as COPY --link may bring an older layer', () => {
    const built = image(buildkit, [
      ['RUN /bin/sh -c make # buildkit', '09:00:00'],
      ['COPY f /f # buildkit', '08:00:00'],
      ['RUN /bin/sh -c test # buildkit', '09:00:05'],
    ]);
    expect(secondsOf('FROM scratch\nRUN make\nCOPY --link f /f\nRUN test', built)).toEqual([[4, 5]]);
  });
});

describe('costs', () => {
  test('are the bytes of the layers of a line, and none where a step makes no layer', () => {
    const built = image(buildkit, measured);
    const costs = imageStepCosts(mapped(text, built), built.history, [1_000_000, 1, 2, 3, 4, 5, 6, 7]);
    expect([...costs].sort(([one], [other]) => one - other)).toEqual([
      [4, { bytes: 1, seconds: null }],
      [5, { bytes: 0, seconds: null }],
      [6, { bytes: 2, seconds: null }],
      [7, { bytes: 3, seconds: 2.168 }],
      [8, { bytes: 4, seconds: null }],
      [9, { bytes: 5, seconds: null }],
      [10, { bytes: 6, seconds: null }],
      [11, { bytes: 7, seconds: 1.207 }],
      [12, { bytes: 0, seconds: null }],
    ]);
  });

  test('are nobody’s bytes where all steps are one layer, as buildah makes it without --layers', () => {
    const built = image('', [
      ['/bin/sh -c #(nop) ADD file:0123456789abcdef in / ', '08:00:00'],
      ['/bin/sh -c #(nop) COPY file:0123456789abcdef in /f ', '09:00:00', 'empty'],
      ['/bin/sh -c make', '09:00:05', 'empty'],
      ['/bin/sh -c #(nop) ENV A=1', '09:00:06', 'empty'],
      ['/bin/sh -c #(nop) CMD ["x"]', '09:00:07'],
    ]);
    const costs = imageStepCosts(
      mapped('FROM x\nCOPY f /f\nRUN make\nENV A=1\nCMD ["x"]', built),
      built.history,
      [1, 999],
    );
    expect([...costs].sort(([one], [other]) => one - other)).toEqual([
      [3, { bytes: null, seconds: 5 }],
      [4, { bytes: 0, seconds: null }],
    ]);
  });

  test('take the seconds of a log before all others', () => {
    const costs = new Map([
      [1, { bytes: 10, seconds: 3 }],
      [2, { bytes: 20, seconds: 4 }],
    ]);
    const logged = new Map([
      [2, 5],
      [3, 6],
    ]);
    expect([...withSeconds(costs, logged)]).toEqual([
      [1, { bytes: 10, seconds: 3 }],
      [2, { bytes: 20, seconds: 5 }],
      [3, { bytes: null, seconds: 6 }],
    ]);
  });
});
