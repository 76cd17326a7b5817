import { describe, expect, test } from 'vitest';
import { parseFlags } from '../../../src/builds/arguments/flags.ts';
import { readBuildArguments, type RequestedBuild } from '../../../src/builds/arguments/requested-build.ts';
import type { BuilderProgram } from '../../../src/builds/builder-program.ts';

const read = (program: BuilderProgram, line: string, env: Readonly<Record<string, string>> = {}): RequestedBuild =>
  readBuildArguments(program, line === '' ? [] : line.split(' '), env);

const plain: RequestedBuild = {
  context: '.',
  files: [],
  target: null,
  tags: [],
  buildArgs: new Map(),
  instance: null,
  platform: null,
  idFile: null,
  makesImage: true,
  usesCache: true,
  wantsScreen: false,
};

describe('arguments of a build', () => {
  test.each<[BuilderProgram, string, Partial<RequestedBuild>]>([
    ['docker', '.', {}],
    ['docker', '-t app .', { tags: ['app'] }],
    ['docker', '-tapp .', { tags: ['app'] }],
    ['docker', '-qt app .', { tags: ['app'] }],
    ['docker', '--pull --no-cache -f a/Dockerfile ctx', { usesCache: false, files: ['a/Dockerfile'], context: 'ctx' }],
    ['docker', '-fa/Dockerfile ctx', { files: ['a/Dockerfile'], context: 'ctx' }],
    ['docker', '-f=a/Dockerfile ctx', { files: ['a/Dockerfile'], context: 'ctx' }],
    ['docker', 'ctx --target build --iidfile id', { context: 'ctx', target: 'build', idFile: 'id' }],
    ['docker', '--target=a --target=b -- -odd', { context: '-odd', target: 'b' }],
    ['docker', '--pull=false --rm=true ctx', { context: 'ctx' }],
    ['docker', '-m 1g --network host ctx', { context: 'ctx' }],
    ['docker', '--future-flag value ctx', { context: 'ctx' }],
    ['docker', '-', { context: '-' }],
    ['docker', '--tag app', { tags: ['app'], context: null }],
    ['docker', 'https://example.org/x.git#main', { context: 'https://example.org/x.git#main' }],
    ['buildx', '--load --platform linux/arm64 .', { platform: 'linux/arm64' }],
    ['buildx', '--platform linux/arm64,linux/amd64 --builder mine .', { instance: 'mine' }],
    ['buildx', '--platform linux/arm64 --platform linux/amd64 .', {}],
    ['buildx', '-o type=local,dest=out .', { makesImage: false }],
    ['buildx', '-o out .', { makesImage: false }],
    ['buildx', '--output type=image,push=true .', {}],
    ['buildx', '--check .', { makesImage: false }],
    ['buildx', '--call=outline .', { makesImage: false }],
    ['buildx', '--progress tty .', { wantsScreen: true }],
    ['buildx', '--progress=plain .', {}],
    ['podman', '', {}],
    ['podman', '--pull --layers -f Containerfile -v /a:/b ctx', { files: ['Containerfile'], context: 'ctx' }],
    ['podman', '--pull=never --squash-all ctx', { context: 'ctx' }],
    [
      'buildah',
      '-D --jobs 2 -f a -f b --build-arg-file x ctx',
      { files: ['a', 'b'], context: 'ctx', usesCache: false },
    ],
    ['buildah', '-t app --layers', { tags: ['app'] }],
    ['buildah', '.', { usesCache: false }],
    ['buildah', '--layers=false .', { usesCache: false }],
    ['podman', '--layers=false .', { usesCache: false }],
    ['docker', '--no-cache-filter one .', { usesCache: false }],
  ])('of %s: %s', (program, line, expected) => {
    expect(read(program, line)).toEqual({ ...plain, ...expected });
  });

  test('that name a variable take it from the environment, if it is there', () => {
    const { buildArgs } = read('docker', '--build-arg A=1 --build-arg B --build-arg C --build-arg=D=x=y .', {
      B: 'two',
    });
    expect([...buildArgs]).toEqual([
      ['A', '1'],
      ['B', 'two'],
      ['D', 'x=y'],
    ]);
  });

  test('that a terminal is wanted for may be in the environment', () => {
    expect(read('docker', '.', { BUILDKIT_PROGRESS: 'tty' }).wantsScreen).toBe(true);
    expect(read('docker', '--progress=plain .', { BUILDKIT_PROGRESS: 'tty' }).wantsScreen).toBe(false);
    expect(read('podman', '.', { BUILDKIT_PROGRESS: 'tty' }).wantsScreen).toBe(false);
  });

  test('may end where a value is missing', () => {
    const grammar = { booleans: new Set(['q']), letters: new Map() };
    expect([...parseFlags(['-qt'], grammar).values]).toEqual([
      ['q', ['']],
      ['t', ['']],
    ]);
    expect([...parseFlags(['--file'], grammar).values]).toEqual([['file', ['']]]);
  });
});
