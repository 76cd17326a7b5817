import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { env } from 'node:process';
import { describe, expect, test } from 'vitest';
import type { Report, ReportFinding } from '../../../src/report/report.ts';
import { schema } from '../../report/schema.ts';
import { temporaryFolder } from '../../scan-layer.ts';
import { runFake } from '../fake-host.ts';

const dockerfile = `FROM node:22@sha256:${'a'.repeat(64)}
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
`;
const lock = '{"lockfileVersion":3,"packages":{"":{}}}';
const files = { Dockerfile: dockerfile, 'package.json': '{}', 'package-lock.json': lock, '.dockerignore': '.git\n' };
const valid = schema('cache-lint.v1.json');
const path = env['PATH'] ?? '';

/** A directory with files, and, for each of the other sets of files, a commit that writes them. */
function repository(...commits: readonly Readonly<Record<string, string>>[]): string {
  const folder = temporaryFolder();
  const git = (...args: readonly string[]): void => {
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'ignore', env: { PATH: path, HOME: folder } });
  };
  git('init', '-q');
  for (const written of commits) {
    write(folder, written);
    git('add', '-A');
    git('commit', '-q', '-m', 'change');
  }
  return folder;
}

function write(folder: string, written: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(written)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

interface Linted {
  readonly commits: number | null;
  readonly findings: readonly ReportFinding[];
}

async function lint(...args: readonly string[]): Promise<Linted> {
  const { status, stdout, stderr } = await runFake(['cache', 'lint', '--json', ...args], { env: { PATH: path } });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const linted = JSON.parse(stdout) as Linted;
  valid(linted);
  return linted;
}

const names = ({ findings }: Linted): string[] =>
  findings.map(({ rule, location }) => `${rule} ${location?.startLine ?? 0}`);

describe('cache lint', () => {
  const commits = [
    files,
    { 'src/a.ts': '1' },
    { 'docs/a.md': '1' },
    { 'package.json': '{"name":"a"}' },
    { 'src/a.ts': '2' },
  ];

  test('measures by the commits of the repository', async () => {
    const linted = await lint(repository(...commits));
    expect(linted.commits).toBe(4);
    expect(names(linted)).toEqual(['broad-copy 3', 'context-churn 3', 'cache-mount 4']);
    expect(linted.findings[0]?.fix).toBe('COPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .');
    expect(linted.findings[1]).toMatchObject({ fix: 'docs', bytes: null });
    expect(linted.findings[1]?.message).toContain('docs (documentation, in 1 of 4 commits)');
  });

  test('without the history it does not say what only that tells', async () => {
    const linted = await lint(repository(...commits), '--no-history');
    expect(linted.commits).toBeNull();
    expect(names(linted)).toEqual(['broad-copy 3', 'cache-mount 4']);
  });

  test('outside of a repository, too', async () => {
    const folder = temporaryFolder();
    write(folder, files);
    expect(await lint(folder)).toMatchObject({ commits: null });
  });

  test('looks only at as many commits as it is told', async () => {
    // The last one changes what is needed.
    expect(names(await lint(repository(...commits), '--commits', '1'))).toEqual(['broad-copy 3', 'cache-mount 4']);
  });

  test('seconds come from a log of a build', async () => {
    const folder = repository(...commits);
    const log = join(folder, '..', `${folder.split('/').at(-1)}.log`);
    writeFileSync(
      log,
      [
        '#1 [1/5] FROM node',
        '#1 DONE 0.1s',
        '#2 [4/5] RUN npm ci',
        '#2 DONE 40.0s',
        '#3 [5/5] RUN npm run build',
        '#3 DONE 8.0s',
        '',
      ].join('\n'),
    );
    const { findings } = await lint(folder, '--timings', log);
    // Of four commits four installed, and one had to.
    expect(findings.find(({ rule }) => rule === 'broad-copy')?.seconds).toBe(30);
    // One commit re-ran all of it for nothing but docs.
    expect(findings.find(({ rule }) => rule === 'context-churn')?.seconds).toBe(12);
  });

  test('a comment silences a rule on its line, and another line is named still', async () => {
    const silenced = dockerfile.replace('COPY . .', '# layerscope ignore=broad-copy,context-churn small\nCOPY . .');
    expect(names(await lint(repository({ ...files, Dockerfile: silenced }, ...commits.slice(1))))).toEqual([
      'cache-mount 5',
    ]);
  });

  test('the page names lines, worst first, with the lines to write', async () => {
    const folder = repository(...commits);
    const { stdout } = await runFake(['cache', 'lint', folder], { env: { PATH: path }, columns: 100 });
    const at = [
      'Dockerfile:3  COPY . .',
      'warning broad-copy',
      'COPY package.json package-lock.json ./',
      'warning context-churn',
      'Dockerfile:4  RUN npm ci',
      'info cache-mount',
    ].map((text) => stdout.indexOf(text));
    expect(at.every((index, position) => index > (at[position - 1] ?? -1))).toBe(true);
    expect(stdout).toContain('as buildkit builds it · over 4 commits one re-runs');
    expect(stdout).toContain('3 findings on 2 lines.');
  });

  test('has nothing to say of a Dockerfile without fault', async () => {
    const folder = temporaryFolder();
    write(folder, { Dockerfile: 'FROM scratch\nCOPY a /a\n', a: '' });
    expect(names(await lint(folder))).toEqual([]);
    expect((await runFake(['cache', 'lint', folder])).stdout).toContain('Nothing to change is known.');
  });

  test.each([
    [['/nowhere'], /no Dockerfile|no directory/],
    [['.', '--commits', '0'], /--commits: expected a number/],
    [['.', '-d', '/nowhere/Dockerfile'], /\/nowhere\/Dockerfile/],
  ])('%j is an error', async (args, message) => {
    const { status, stdout, stderr } = await runFake(['cache', 'lint', ...args], { env: { PATH: path } });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('analyze --context', () => {
  test('tells of the cache, with the bytes of the image', async () => {
    const folder = repository();
    cpSync('fixtures/demo', folder, { recursive: true });
    const git = (...args: readonly string[]): void => {
      const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
      execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'ignore', env: { PATH: path, HOME: folder } });
    };
    const commit = (): void => {
      git('add', '-A');
      git('commit', '-q', '--allow-empty', '-m', 'change');
    };
    commit();
    for (const text of ['1', '2']) {
      writeFileSync(join(folder, 'tools/packages.sh'), `# ${text}\n`);
      commit();
    }
    const args = ['fixtures/demo.tar', '-d', join(folder, 'Dockerfile'), '--context', folder];
    const { status, stdout, stderr } = await runFake(['analyze', '--json', ...args], { env: { PATH: path } });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const report = JSON.parse(stdout) as Report;
    schema('report.v1.json')(report);
    expect(report.cache).toMatchObject({ builder: 'buildkit', context: folder, commits: 2 });
    const line = report.cache?.lines.find((each) => each.line === 19);
    expect(line).toMatchObject({ reruns: 2, rate: 1, firstMisses: 0 });
    const added = report.dockerfile?.instructions.find(({ startLine }) => startLine === 19)?.addedBytes ?? 0;
    expect(line?.bytes).toBe(2 * added);
  });

  test('is null without a context, and says of whose cache it speaks', async () => {
    const demo = ['analyze', '--json', 'fixtures/demo.tar', '-d', 'fixtures/demo/Dockerfile'];
    const rules = async (...args: readonly string[]): Promise<string[]> => {
      const report = JSON.parse((await runFake([...demo, ...args])).stdout) as Report;
      expect(report.cache).toBeNull();
      return report.findings.map(({ rule, location }) => `${rule} ${location?.startLine ?? 0}`);
    };
    expect(await rules()).not.toContain('metadata-breaks-chain 12');
    expect(await rules('--builder', 'classic')).toContain('metadata-breaks-chain 12');
  });
});
