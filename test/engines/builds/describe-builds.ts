import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { grammars } from '../../../src/builds/arguments/grammars.ts';
import { loadCosts } from '../../../src/commands/cache/load-costs.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { costsDefaults } from '../../commands/cache/costs-defaults.ts';
import { quietHost } from '../../commands/loaded-image.ts';
import type { Engines } from '../engines.ts';
import { type BuildBench, openBuildBench, stepsOf, verdictOf } from './build-bench.ts';

export interface BuildSuite {
  readonly name: string;
  /** What lacks, by name. */
  readonly missing: readonly string[];
  readonly start: () => Promise<Engines>;
  /** `--with`, and what is in the environment of it. */
  readonly builders: readonly {
    readonly with: 'docker' | 'buildx' | 'buildah' | 'podman';
    readonly env?: Readonly<Record<string, string>>;
    /** Whether metadata such as LABEL is a step that the cache is asked for. */
    readonly metadata: 'counted' | 'left out';
  }[];
}

const TAG = 'localhost/test/hello';

const dockerfile = [
  'FROM localhost/base AS build',
  'ARG WHO=world',
  'COPY a.txt /',
  'RUN echo "hello $WHO" > /hello',
  'FROM localhost/base',
  'LABEL some=thing',
  'COPY --from=build /hello /hello',
  'COPY b.txt /',
  'RUN sleep 1; cat /hello b.txt > /both',
  '',
].join('\n');

/** Real builds by `layerscope build`. */
export function describeBuilds({ name, missing, start, builders }: BuildSuite): void {
  describe.skipIf(missing.length > 0)(`layerscope build with ${name}`, () => {
    let engines: Engines;
    let bench: BuildBench;
    beforeAll(async () => {
      engines = await start();
      bench = await openBuildBench(engines);
    }, 120_000);
    afterAll(async () => {
      vi.unstubAllEnvs();
      await engines.stop();
    }, 60_000);

    for (const { with: program, env = {}, metadata } of builders) {
      const title = [program, ...Object.entries(env).map(([key, value]) => `${key}=${value}`)].join(' ');
      const family = program === 'podman' || program === 'buildah' ? 'buildah' : 'docker';
      const build = async (context: string, ...args: string[]) =>
        await bench.layerscope(['build', '--with', program, ...bench.options[family], ...args, context], env);
      const counted = (lines: readonly string[]): readonly string[] =>
        lines.filter((line) => metadata === 'counted' || !/^\d+ \S+ (?:ARG|LABEL)/.test(line));

      it(`${title}: what ran, what was cached, and that it was foreseen`, { timeout: 120_000 }, async () => {
        const context = await bench.project({ Dockerfile: dockerfile, 'a.txt': 'a', 'b.txt': 'b' });
        const args = ['--build-arg', `WHO=${title.replaceAll(' ', '-')}`, '-t', TAG];
        const first = await build(context, ...args);
        expect({ status: first.status, stderr: first.status === 0 ? '' : first.stderr }).toEqual({
          status: 0,
          stderr: '',
        });
        expect(stepsOf(first)).toContain('9 ran RUN sleep 1; cat /hello b.txt > /both');
        expect(secondsOfLine(first.stdout, 9)).toBeGreaterThanOrEqual(1);
        expect(verdictOf(first)).toEqual([expect.stringMatching(/^Nothing to compare with yet/)]);
        // The report is of what was built, with its lines.
        expect(first.stdout).toContain(`${TAG}  `);
        expect(first.stdout).toMatch(/^ +9 +\d+ B +RUN sleep 1; cat \/hello b.txt > \/both$/m);
        // Its history tells of the same step when it began and when it was done.
        expect(await historySeconds(engines, family, context)).toEqual([[9, true]]);

        await writeFile(join(context, 'b.txt'), 'other');
        const second = await build(context, ...args);
        expect(stepsOf(second).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(
          counted([
            '2 cached ARG',
            '3 cached COPY',
            '4 cached RUN',
            '6 cached LABEL',
            '7 cached COPY',
            '8 ran COPY',
            '9 ran RUN',
          ]),
        );
        expect(verdictOf(second)).toEqual(['All steps did what cache explain predicts.']);
      });

      it(`${title}: a build that fails ends with the builder's own status`, { timeout: 120_000 }, async () => {
        const context = await bench.project({ Dockerfile: 'FROM localhost/base\nRUN exit 3\n' });
        const name = program === 'buildx' ? 'docker' : program;
        const alone = bench.statusOf(name, ['build', ...bench.options[family], context], env);
        expect(alone).toBeGreaterThan(0);
        const { status, stdout } = await build(context);
        expect(status).toBe(alone);
        expect(stdout).not.toContain('Steps of the build');
      });
    }

    it('a base image that moved is no part of the keys, so it surprises', { timeout: 120_000 }, async () => {
      const context = await bench.project({ Dockerfile: 'FROM localhost/moving\nRUN echo made > /made\n' });
      const build = async (): Promise<string[]> => {
        const { with: program, env } = builders[0] ?? { with: 'docker' };
        return verdictOf(await bench.layerscope(['build', '--with', program, ...bench.options.docker, context], env));
      };
      await bench.program('docker', ['tag', 'localhost/base', 'localhost/moving']);
      await build();
      expect(await build()).toEqual(['All steps did what cache explain predicts.']);
      const other = await bench.project({ Dockerfile: 'FROM localhost/base\nRUN echo other > /other\n' });
      await bench.program('docker', ['build', ...bench.options.docker, '-t', 'localhost/moving', other]);
      expect(await build()).toEqual([
        expect.stringMatching(/^line 2 RUN was expected to be cached, and ran: its base/),
      ]);
    });

    it('options of the real programs are told from their values as they do it', { timeout: 120_000 }, async () => {
      for (const { with: program } of builders) {
        const words = program === 'buildx' ? ['buildx', 'build', '--help'] : ['build', '--help'];
        const help = await bench.program(program === 'buildx' ? 'docker' : program, words);
        const options = [...help.matchAll(/^ +(?:-(\w), +)?--([\w-]+)(?: (\S+))?(?: {2,}|\n)/gm)];
        expect(options.length).toBeGreaterThan(20);
        const { booleans, letters } = grammars[program];
        for (const [, letter, long = '', value] of options) {
          // `string[="always"]`: a value only behind `=`.
          const takesValue = value !== undefined && !value.includes('[=');
          expect({ long, takesValue }).toEqual({ long, takesValue: !booleans.has(long) });
          if (letter !== undefined) expect({ letter, long: letters.get(letter) }).toEqual({ letter, long });
        }
      }
    });
  });
}

/** Lines with seconds by the history of the image that was just built, and whether there is at least one of these. */
async function historySeconds(
  { docker, buildah }: Engines,
  family: 'docker' | 'buildah',
  folder: string,
): Promise<[number, boolean][]> {
  const archive = join(folder, '..', 'timed.tar');
  if (family === 'docker') await docker.save(TAG, archive);
  else await buildah.push(TAG, `docker-archive:${archive}`);
  const wanted = { dockerfile: parseDockerfile(dockerfile), target: null, buildArgs: new Map<string, string>() };
  const { costs } = await loadCosts(quietHost(), { ...costsDefaults, image: archive }, wanted);
  await rm(archive);
  return [...costs].flatMap(([line, { seconds }]): [number, boolean][] =>
    seconds === null ? [] : [[line, seconds >= 1]],
  );
}

function secondsOfLine(page: string, line: number): number {
  const steps = page.slice(page.lastIndexOf('Steps of the build'));
  return Number(new RegExp(`^ *${line} +([\\d.]+) s`, 'm').exec(steps)?.[1]);
}
