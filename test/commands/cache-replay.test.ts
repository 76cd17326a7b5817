import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { schema } from '../report/schema.ts';
import { gitEnv, TestRepository } from '../workspace/git/test-repository.ts';
import { type Outcome, runFake } from './fake-host.ts';
import { scratchFolder } from './scratch-folder.ts';

const dockerfile = `FROM node:22 AS build
WORKDIR /app
COPY package.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:22-slim
LABEL app=demo
COPY --from=build /app/dist /app
CMD ["node", "/app"]
`;

const folder = scratchFolder();

/** Commits: first; a source; the manifest; what is ignored; an executable bit; nothing. */
function project(prefix = ''): { readonly repository: TestRepository; readonly ids: readonly string[] } {
  const repository = new TestRepository(mkdtempSync(join(folder, 'r')));
  const write = (path: string, content: string, mode?: number): void =>
    repository.write(`${prefix}${path}`, content, mode);
  write('Dockerfile', dockerfile);
  write('.dockerignore', '.git\ndocs\n');
  write('package.json', '{}');
  write('src/a.ts', 'a');
  const ids = [repository.commit('first')];
  write('src/a.ts', 'b');
  ids.push(repository.commit('second \u001b[31m'));
  write('package.json', '{"name":"x"}');
  ids.push(repository.commit('third'));
  write('docs/page', 'x');
  ids.push(repository.commit('fourth'));
  write('src/a.ts', 'b', 0o755);
  ids.push(repository.commit('fifth'));
  ids.push(repository.commit('sixth'));
  return { repository, ids };
}

interface ReplayedJson {
  readonly builder: string;
  readonly commits: number;
  readonly range: { readonly from: string; readonly to: string };
  readonly perCommit: { readonly steps: number; readonly bytes: number | null; readonly seconds: number | null };
  readonly lines: readonly {
    readonly line: number;
    readonly stage: string;
    readonly reruns: number;
    readonly depends: number;
    readonly firstMisses: number;
    readonly rate: number;
    readonly seconds: number | null;
  }[];
  readonly history: readonly {
    readonly commit: string;
    readonly firstMiss: { readonly line: number; readonly stage: string } | null;
    readonly rerun: number;
    readonly seconds: number | null;
  }[];
}

const valid = schema('cache-replay.v1.json');
const env = Object.fromEntries(
  Object.entries(gitEnv).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);

async function run(...args: readonly string[]): Promise<Outcome> {
  return await runFake(['cache', 'replay', ...args], { env });
}

async function replay(...args: readonly string[]): Promise<ReplayedJson> {
  const { status, stdout, stderr } = await run(...args, '--json');
  expect([status, stderr]).toEqual([0, '']);
  const parsed = JSON.parse(stdout) as ReplayedJson;
  valid(parsed);
  return parsed;
}

/** `line: re-runs, of those depending, breaks`, of lines that ever re-run. */
function counts({ lines }: ReplayedJson): string[] {
  return lines
    .filter(({ reruns }) => reruns > 0)
    .map(({ line, reruns, depends, firstMisses }) => `${line}: ${reruns} ${depends} ${firstMisses}`);
}

describe('layerscope cache replay', () => {
  const { repository, ids } = project();

  it('counts what each commit re-runs, by line and by commit', async () => {
    const replayed = await replay(repository.directory);
    expect(counts(replayed)).toEqual(['3: 1 0 1', '4: 1 0 0', '5: 3 0 2', '6: 3 0 0', '10: 3 3 0']);
    expect(replayed).toMatchObject({
      builder: 'buildkit',
      commits: 5,
      range: { from: ids[0], to: ids[5] },
      perCommit: { steps: 11 / 5, bytes: null, seconds: null },
    });
    expect(
      replayed.history.map(({ commit, firstMiss, rerun }) => [commit, firstMiss?.line, firstMiss?.stage, rerun]),
    ).toEqual([
      [ids[1], 5, 'build', 3],
      [ids[2], 3, 'build', 5],
      [ids[3], undefined, undefined, 0],
      [ids[4], 5, 'build', 3],
      [ids[5], undefined, undefined, 0],
    ]);
    expect((await run(repository.directory, '--json')).stdout).toBe((await run(repository.directory, '--json')).stdout);
  });

  it('first says which line hurts most, and prints no control character of a commit', async () => {
    const { status, stdout } = await run(repository.directory);
    expect(status).toBe(0);
    const [head, , verdict, breaks, average] = stdout.split('\n');
    expect(head).toMatch(/Dockerfile {2}as buildkit builds it · 5 commits, [0-9a-f]{12}\.\.[0-9a-f]{12}$/);
    expect(verdict).toBe(`${repository.directory}/Dockerfile:5 hurts most: COPY . .`);
    expect(breaks).toBe('The cache breaks there in 2 of 5 commits, and 3 steps re-run each time.');
    expect(average).toBe('Over all, a commit re-runs 2.2 steps on average.');
    expect(stdout).toContain('\n   5        3  60 %       2  COPY . .\n');
    expect(stdout).toContain('second \\e[31m\n');
    expect(stdout).not.toContain('\u001b');
  });

  it('takes seconds from a log of the build', async () => {
    const log = join(folder, 'build.log');
    writeFileSync(
      log,
      [
        '#5 [build 1/6] FROM docker.io/library/node:22',
        '#5 DONE 1.0s',
        '#6 [build 4/6] RUN npm ci',
        '#6 DONE 30.0s',
        '#7 [build 5/6] COPY . .',
        '#7 DONE 0.5s',
        '#8 [build 6/6] RUN npm run build',
        '#8 DONE 10.0s',
        '',
      ].join('\n'),
    );
    const { history, perCommit, lines } = await replay(repository.directory, '--timings', log);
    expect(history.map(({ seconds }) => seconds)).toEqual([10.5, 40.5, 0, 10.5, 0]);
    expect(perCommit.seconds).toBe(12.3);
    expect(lines.map(({ line, seconds }) => [line, seconds])).toEqual([
      [1, 0],
      [2, null],
      [3, null],
      [4, 30],
      [5, 1.5],
      [6, 30],
      [8, null],
      [10, null],
    ]);
    expect((await run(repository.directory, '--timings', log)).stdout).toContain(
      ':3 hurts most: COPY package.json ./\nThe cache breaks there in 1 of 5 commits, and 5 steps, 40.5 s re-run each time.',
    );
  });

  it('looks at as many commits as it is told, up to the one it is told', async () => {
    const replayed = await replay(repository.directory, '-n', '1', '--to', 'HEAD~3');
    expect(replayed.history.map(({ commit }) => commit)).toEqual([ids[2]]);
    expect(counts(replayed)).toEqual(['3: 1 0 1', '4: 1 0 0', '5: 1 0 0', '6: 1 0 0', '10: 1 1 0']);
  });

  it("takes another builder's cache, in which metadata are steps", async () => {
    const { lines } = await replay(repository.directory, '--builder', 'classic');
    expect(lines.map(({ line }) => line)).toContain(9);
  });

  it('works on a context in a subdirectory and on a bare repository', async () => {
    const below = project('apps/one/');
    const whole = await replay(join(below.repository.directory, 'apps/one'));
    expect(counts(whole)).toEqual(['3: 1 0 1', '4: 1 0 0', '5: 3 0 2', '6: 3 0 0', '10: 3 3 0']);
    const bare = join(mkdtempSync(join(folder, 'b')), 'bare.git');
    repository.git('clone', '--quiet', '--bare', repository.directory, bare);
    expect(counts(await replay(bare))).toEqual(counts(await replay(repository.directory)));
  });

  it('has something to say where nothing re-runs, and where there is nothing to replay', async () => {
    expect((await run(repository.directory, '-n', '1')).stdout).toContain('\nNo commit re-runs anything.\n');
    expect((await run(repository.directory, '--to', 'HEAD~5')).stdout).toContain('\nThere is no commit to replay');
    expect((await replay(repository.directory, '--to', 'HEAD~5')).perCommit.steps).toBe(0);
  });

  it.each([
    [['--commits', '0'], '--commits: expected a number from 1 to 100000.'],
    [['--commits', 'many'], '--commits: expected a number from 1 to 100000.'],
    [['--to', 'nowhere'], 'nowhere: no commit by that name'],
    [['--to=--all'], '--all: no commit by that name'],
    [['--target', 'none'], 'it has no stage none'],
  ])('%j is an error', async (args, message) => {
    const { status, stderr } = await run(repository.directory, ...args);
    expect([status, stderr.split('\n').length]).toEqual([2, 2]);
    expect(stderr).toContain(message);
  });

  it('is an error outside of a repository', async () => {
    const { status, stderr } = await runFake(['cache', 'replay', folder], {
      env: { ...env, GIT_CEILING_DIRECTORIES: join(folder, '..') },
    });
    expect([status, stderr.split('\n').length]).toEqual([2, 2]);
    expect(stderr).toContain('is in no git repository');
  });
});
