import { describe, expect, test } from 'vitest';
import { buildkitModel } from '../../../src/cache/buildkit/buildkit-model.ts';
import type { BaseImage } from '../../../src/cache/build-inputs.ts';
import { config } from '../../dockerfile/image-config.ts';
import { inputs, type State, statusOf } from './status-of.ts';

const files = { src: '1', doc: '1' };

function stateOf(dockerfile: string, changed: Readonly<Record<string, string>> = {}): State {
  return [dockerfile, { files: { ...files, ...changed } }];
}

const twoStages = `FROM base AS build
COPY src /src
RUN make
FROM other
COPY --from=build /out /out
RUN use
COPY doc /doc`;

describe('stages', () => {
  test('what is taken from a stage that re-runs depends on what it yields', () => {
    expect(statusOf(stateOf(twoStages), stateOf(twoStages, { src: '2' }))).toEqual([
      'COPY rerun',
      'RUN rerun',
      'COPY depends',
      'RUN depends',
      'COPY depends',
    ]);
  });

  test('a change of its own makes a step re-run even so', () => {
    expect(statusOf(stateOf(twoStages), stateOf(twoStages, { src: '2', doc: '2' })).at(-1)).toBe('COPY rerun');
  });

  test('a stage that stays as it was is all cached, under any name', () => {
    const renamed = twoStages.replaceAll('build', 'compile');
    expect(new Set(statusOf(stateOf(twoStages), stateOf(renamed)))).toEqual(new Set(['COPY cached', 'RUN cached']));
  });

  test('the step that files come from is told', () => {
    const steps = buildkitModel.keySteps(inputs(stateOf(twoStages)));
    expect(steps[4]?.parts.find(({ kind }) => kind === 'stage-content')).toMatchObject({ name: '/out', from: 2 });
  });

  test.each([
    ['FROM a AS x\nRUN 1\nFROM b AS y\nRUN 2\nFROM c\nRUN 3', null, ['c', '3']],
    ['FROM a AS x\nRUN 1\nFROM x\nRUN 2', null, ['a', '1', 'x', '2']],
    ['FROM a\nRUN 1\nFROM b\nCOPY --from=0 /x /y', null, ['a', '1', 'b', '--from=0 /x /y']],
    ['FROM a AS x\nRUN 1\nFROM b\nRUN --mount=from=x,target=/x 2', null, ['a', '1', 'b', '--mount=from=x,target=/x 2']],
    ['FROM a AS x\nRUN 1\nFROM b\nRUN 2', 'X', ['a', '1']],
    ['FROM a AS x\nRUN 1\nFROM b\nRUN 2', '0', ['a', '1']],
    ['FROM a AS x\nRUN 1\nFROM b\nRUN 2', 'none', []],
  ] as const)('%j for target %j needs %j', (dockerfile, target, expected) => {
    const steps = buildkitModel.keySteps({ ...inputs([dockerfile]), target });
    expect(steps.map(({ command }) => command.line.replace(/^\w+ /, '').replace(/ AS .*/, ''))).toEqual(expected);
  });

  test('a stage hands on its environment: ARGs below all that ENV has set', () => {
    const child = (dockerfile: string): string | undefined => statusOf([same], [dockerfile]).at(-1);
    const same = 'FROM base AS x\nARG A=1\nENV A=2\nFROM x\nRUN a';
    expect(child('FROM base AS x\nENV A=2\nFROM x\nRUN a')).toBe('RUN cached');
    expect(child('FROM base AS x\nARG A=3\nENV A=2\nFROM x\nRUN a')).toBe('RUN cached');
    expect(child('FROM base AS x\nENV A=2\nARG A=1\nFROM x\nRUN a')).toBe('RUN cached');
    expect(child('FROM base AS x\nARG A=1\nFROM x\nRUN a')).toBe('RUN rerun');
    expect(child('FROM base AS x\nENV A=2\nFROM x\nENV A=2\nRUN a')).toBe('RUN cached');
  });

  test('the triggers of a parent stage are carried out in its child alone', () => {
    const dockerfile = (text: string): State =>
      stateOf(`FROM base AS x\nONBUILD RUN ${text}\nFROM x AS y\nRUN b\nFROM y\nRUN c`);
    expect(statusOf(dockerfile('a'), dockerfile('z'))).toEqual(['ONBUILD noop', 'RUN rerun', 'RUN rerun', 'RUN rerun']);
  });
});

describe('bases', () => {
  const before = image('one', { env: ['A=1'] });

  function image(identity: string, set: { env?: string[]; onBuild?: string[]; shell?: string[] }): BaseImage {
    const { env = [], onBuild = [], shell = null } = set;
    return { identity, config: { ...config({ history: [], env }), building: { shell, onBuild } } };
  }

  function stateWith(base: BaseImage, dockerfile: string): State {
    return [`FROM base\n${dockerfile}`, { bases: new Map([['base', base]]) }];
  }

  test('another image is another start', () => {
    const after = image('two', { env: ['A=1'] });
    expect(statusOf(stateWith(before, 'RUN a'), stateWith(after, 'RUN a'))).toEqual(['FROM rerun', 'RUN rerun']);
  });

  test('another image of the same layers is not, but for what it sets', () => {
    const of = (env: string): BaseImage => ({ identity: env, config: config({ history: [{}], env: [env] }) });
    const dockerfile = 'COPY . /\nRUN a';
    expect(statusOf(stateWith(of('A=1'), dockerfile), stateWith(of('A=2'), dockerfile))).toEqual([
      'COPY cached',
      'RUN rerun',
    ]);
  });

  test('its variables are expanded, and are the ones that RUN sees', () => {
    const run = (dockerfile: string): string | undefined =>
      statusOf(stateWith(before, 'ENV B=1\nRUN a'), stateWith(before, dockerfile)).at(-1);
    expect(run('ENV B=$A\nRUN a')).toBe('RUN cached');
    expect(run('ENV B=${NONE:-1}\nRUN a')).toBe('RUN cached');
    expect(run('ENV B=2\nRUN a')).toBe('RUN rerun');
  });

  test('its shell is that of RUN', () => {
    const bash = image('one', { shell: ['/bin/bash', '-c'] });
    expect(statusOf(stateWith(bash, 'RUN a'), stateWith(bash, 'RUN ["/bin/bash","-c","a"]'))).toEqual(['RUN cached']);
  });

  test('its triggers come first, as steps of FROM', () => {
    const steps = buildkitModel.keySteps(inputs(stateWith(image('one', { onBuild: ['RUN first', ''] }), 'RUN second')));
    expect(steps.map(({ command, instruction }) => `${instruction.line}: ${command.line}`)).toEqual([
      'FROM base: FROM base',
      'FROM base: RUN first',
      'RUN second: RUN second',
    ]);
  });

  test('the platform of a stage is in the key of what it runs', () => {
    const state = (platform: string): State => [`FROM --platform=${platform} base\nRUN a\nCOPY --link . /`];
    expect(statusOf(state('linux/amd64'), state('linux/arm64'))).toEqual(['FROM rerun', 'RUN rerun', 'COPY cached']);
    const args = (value: string): State => [
      'FROM --platform=$BUILDPLATFORM base\nRUN a',
      { args: { BUILDPLATFORM: value } },
    ];
    expect(statusOf(args('linux/amd64'), args('linux/amd64'))).toEqual(['RUN cached']);
    expect(statusOf(args('linux/amd64'), args('linux/arm64'))).toEqual(['FROM rerun', 'RUN rerun']);
  });

  test('one that was not read is the same on both sides, with all that comes from it', () => {
    const dockerfile = 'WORKDIR app\nENV PATH=/x:$PATH\nCOPY . ${HOME}\nRUN a\nADD $X$Y{ $Z';
    expect(new Set(statusOf([dockerfile], [dockerfile]))).toEqual(
      new Set(['WORKDIR cached', 'ENV cached', 'COPY cached', 'RUN cached', 'ADD cached']),
    );
  });

  test('files of another image depend on it', () => {
    const dockerfile = 'FROM base\nCOPY --from=tools /bin/x /bin/';
    const state = (identity: string): State => [
      dockerfile,
      { bases: new Map([['tools', { identity, config: null }]]) },
    ];
    expect(statusOf(state('1'), state('1'))).toEqual(['COPY cached']);
    expect(statusOf(state('1'), state('2'))).toEqual(['COPY depends']);
  });
});

describe('roles', () => {
  test('what the image alone keeps has no key, what later keys are made of has no result', () => {
    const steps = buildkitModel.keySteps(
      inputs([
        'FROM scratch AS a\nENV A=1\nARG B\nSHELL ["x"]\nUSER u\nLABEL l=1\nCMD x\nWORKDIR /\nWORKDIR /w\nFROM a',
      ]),
    );
    expect(steps.map(({ command, role }) => `${command.keyword} ${role}`)).toEqual([
      'FROM state',
      'ENV state',
      'ARG state',
      'SHELL state',
      'USER state',
      'LABEL nothing',
      'CMD nothing',
      'WORKDIR state',
      'WORKDIR step',
      'FROM state',
    ]);
  });
});
