import { spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import { type Outcome, runFake } from '../../commands/fake-host.ts';
import { type CommandOptions, engineEnvironment, runForText } from '../command.ts';
import type { Engines } from '../engines.ts';
import { PODMAN } from '../engine-api/podman-service.ts';
import { PROGRAMS } from '../requirements.ts';

export type ProgramName = 'docker' | 'buildah' | 'podman';

/** `layerscope build` with engines of the tests on its PATH, under the names of the real ones. */
export interface BuildBench {
  /** A new folder with these files, by name. */
  readonly project: (files: Readonly<Record<string, string>>) => Promise<string>;
  /** `layerscope ARGS…`. */
  readonly layerscope: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Outcome>;
  /** Runs one of the programs, and returns what it prints. */
  readonly program: (name: ProgramName, args: readonly string[]) => Promise<string>;
  /** Runs one of the programs, and tells how it ended. */
  readonly statusOf: (
    name: ProgramName,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ) => number | null;
  /** What a build needs there that has neither network nor a new kernel, by program. */
  readonly options: Readonly<Record<'docker' | 'buildah', readonly string[]>>;
}

export async function openBuildBench({ docker, place, scratch }: Engines): Promise<BuildBench> {
  const bin = join(scratch, 'bin');
  const config = join(scratch, 'client');
  const store = join(scratch, 'buildah');
  await mkdir(bin);
  await mkdir(config);
  await writeFile(join(config, 'config.json'), '{}');
  const shim = async (name: string, words: readonly string[], env: Readonly<Record<string, string>>): Promise<void> => {
    // A command line without spaces needs no quotes.
    const settings = Object.entries(env).map(([key, value]) => `${key}=${value}`);
    const line = ['exec', ...place.within, '/usr/bin/env', ...settings, ...words, '"$@"'].join(' ');
    await writeFile(join(bin, name), `#!/bin/sh\n${line}\n`);
    await chmod(join(bin, name), 0o755);
  };
  const containers = { STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot', TMPDIR: store, HOME: store };
  const stored = ['--root', join(store, 'root'), '--runroot', join(store, 'run')];
  await shim('docker', [PROGRAMS.docker], { DOCKER_HOST: docker.host, DOCKER_CONFIG: config });
  await shim('buildah', [PROGRAMS.buildah, ...stored], containers);
  await shim('podman', [PODMAN, ...stored], containers);
  // Where files are that both sides see.
  vi.stubEnv('TMPDIR', scratch);
  const env = {
    ...engineEnvironment(),
    PATH: `${bin}:/usr/bin:/bin`,
    XDG_CACHE_HOME: join(scratch, 'cache'),
    DOCKER_HOST: docker.host,
  };
  let projects = 0;
  return {
    project: async (files) => {
      const folder = join(scratch, `project-${projects++}`);
      await mkdir(folder);
      for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
      return folder;
    },
    layerscope: async (args, more = {}) => await runFake(args, { env: { ...env, ...more } }),
    program: async (name, args) => await runForText(join(bin, name), args, { env } satisfies CommandOptions),
    statusOf: (name, args, more) =>
      spawnSync(join(bin, name), args, { env: { ...env, ...more }, stdio: 'ignore' }).status,
    options: {
      docker: ['--network=none'],
      buildah: ['--network=host', '--pull-never', '--layers', ...place.buildahOptions],
    },
  };
}

/** Of the page: a line each of the steps, `line status text`, where what took a time `ran`. */
export function stepsOf({ stdout }: Pick<Outcome, 'stdout'>): string[] {
  const lines = stdout.slice(stdout.lastIndexOf('Steps of the build')).split('\n').slice(2);
  return lines.slice(0, lines.indexOf('')).map((line) =>
    line
      .trim()
      .replaceAll(/ {2,}/g, ' ')
      .replace(/^(\d+) [\d.]+ s /, '$1 ran '),
  );
}

/** What is said below the steps. */
export function verdictOf({ stdout }: Pick<Outcome, 'stdout'>): string[] {
  return stdout
    .slice(stdout.lastIndexOf('\n\n') + 2)
    .trimEnd()
    .split('\n');
}
