import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { schema } from '../report/schema.ts';
import { gitEnv, TestRepository } from '../workspace/git/test-repository.ts';
import { type FakeOptions, type Outcome, runFake } from './fake-host.ts';
import { scratchFolder } from './scratch-folder.ts';

const dockerfile = `# syntax=docker/dockerfile:1
FROM node:22
ARG GIT_SHA
WORKDIR /app

COPY . .
RUN npm ci
RUN npm run build # not a comment for sh alone
`;

const fixed = `# syntax=docker/dockerfile:1
FROM node:22
WORKDIR /app

COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY . .
ARG GIT_SHA
RUN npm run build # not a comment for sh alone
`;

const folder = scratchFolder();

/** Commits: first; a source; a source; nothing of the build. */
function project(): TestRepository {
  const repository = new TestRepository(mkdtempSync(join(folder, 'r')));
  repository.write('Dockerfile', dockerfile);
  repository.write('.dockerignore', '.git\ndocs\n');
  repository.write('package.json', '{}');
  repository.write('package-lock.json', '{"lockfileVersion":3,"packages":{"":{}}}');
  repository.write('src/a.ts', 'a');
  repository.commit('first');
  repository.write('src/a.ts', 'b');
  repository.commit('second');
  repository.write('src/a.ts', 'c');
  repository.commit('third');
  repository.write('docs/page', 'x');
  repository.commit('fourth');
  return repository;
}

interface FixJson {
  readonly diff: string;
  readonly changes: readonly { readonly rule: string; readonly line: number; readonly saved: object | null }[];
  readonly refused: readonly { readonly rule: string; readonly line: number; readonly reason: string }[];
  readonly before: { readonly steps: number } | null;
  readonly after: { readonly steps: number } | null;
  readonly changingArguments: readonly string[];
  readonly written: readonly string[];
  readonly backups: readonly string[];
}

const valid = schema('cache-fix.v1.json');
const env = Object.fromEntries(
  Object.entries(gitEnv).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);

async function run(args: readonly string[], options: FakeOptions = {}): Promise<Outcome> {
  return await runFake(['cache', 'fix', ...args], { env, ...options });
}

async function json(...args: readonly string[]): Promise<FixJson> {
  const { status, stdout, stderr } = await run([...args, '--json']);
  expect([status, stderr]).toEqual([0, '']);
  const parsed = JSON.parse(stdout) as FixJson;
  valid(parsed);
  return parsed;
}

const textIn = (repository: TestRepository, name: string): string =>
  readFileSync(join(repository.directory, name), 'utf8');

describe('layerscope cache fix', () => {
  it('prints a diff that git applies, and says beside it what it saves', async () => {
    const repository = project();
    // As a user calls it: from the directory, which a test cannot change to.
    const { status, stdout, stderr } = await run([repository.directory]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^--- a\/Dockerfile\n\+\+\+ b\/Dockerfile\n@@ /);
    const git = execFileSync('git', ['apply', '--verbose', '-'], {
      cwd: repository.directory,
      input: stdout,
      env: gitEnv,
      stdio: 'pipe',
    });
    expect(git.toString()).toBe('');
    expect(textIn(repository, 'Dockerfile')).toBe(fixed);
    expect(stderr).toMatch(/change line 6 {2}broad-copy {2}saves /);
    expect(stderr).toMatch(
      /Over the last 3 commits, each with another GIT_SHA, one re-runs 2\.7 steps on average; with the changes, 1\.7 steps\./,
    );
    expect(stderr).toMatch(/Sets ARG GIT_SHA behind/);
  });

  it('measures each change over the commits, one after the other', async () => {
    const { changes, before, after, changingArguments, refused } = await json(project().directory);
    expect(changes).toEqual([
      expect.objectContaining({ rule: 'volatile-arg', line: 3, saved: { steps: 0.333, bytes: null, seconds: null } }),
      expect.objectContaining({ rule: 'broad-copy', line: 6, saved: { steps: 1, bytes: null, seconds: null } }),
      expect.objectContaining({
        rule: 'cache-mount',
        line: 7,
        saved: { steps: 1, bytes: null, seconds: null },
      }),
    ]);
    expect([before?.steps, after?.steps]).toEqual([8 / 3, 5 / 3]);
    expect(changingArguments).toEqual(['GIT_SHA']);
    // Where it stands now, the build may read it.
    expect(refused).toEqual([
      { rule: 'volatile-arg', line: 3, reason: 'line 8 (RUN): its script may read GIT_SHA from its environment' },
    ]);
  });

  it('writes over what git has, keeps links and modes, and then has nothing left to change', async () => {
    const repository = project();
    repository.write('build/Dockerfile', dockerfile, 0o600);
    repository.remove('Dockerfile');
    symlinkSync('build/Dockerfile', join(repository.directory, 'Dockerfile'));
    repository.commit('linked');
    const { written, backups } = await json(repository.directory, '--write');
    expect([written, backups]).toEqual([[join(repository.directory, 'Dockerfile')], []]);
    expect(lstatSync(join(repository.directory, 'Dockerfile')).isSymbolicLink()).toBe(true);
    expect(lstatSync(join(repository.directory, 'build/Dockerfile')).mode & 0o777).toBe(0o600);
    expect(textIn(repository, 'build/Dockerfile')).toBe(fixed);
    const again = await json(repository.directory);
    expect([again.diff, again.changes]).toEqual(['', []]);
    expect((await run([repository.directory])).stderr).toContain('Nothing to change is known to be safe.');
  });

  it('keeps a copy of what git does not have, and never over another one', async () => {
    const repository = project();
    writeFileSync(join(repository.directory, 'Dockerfile'), `${dockerfile}# mine\n`);
    const { backups } = await json(repository.directory, '--write');
    expect(backups).toEqual([join(repository.directory, 'Dockerfile.orig')]);
    expect(textIn(repository, 'Dockerfile.orig')).toBe(`${dockerfile}# mine\n`);
    writeFileSync(join(repository.directory, 'Dockerfile'), dockerfile.replace('ARG GIT_SHA\n', ''));
    repository.commit('x');
    writeFileSync(join(repository.directory, 'Dockerfile'), `${dockerfile}# again\n`);
    const { status, stderr } = await run([repository.directory, '--write']);
    expect(status).toBe(2);
    expect(stderr).toContain('Dockerfile.orig: exists already');
    expect(textIn(repository, 'Dockerfile')).toBe(`${dockerfile}# again\n`);
  });

  it('works without a repository, where nothing is measured, and makes an ignore file', async () => {
    const directory = mkdtempSync(join(folder, 'n'));
    writeFileSync(join(directory, 'Dockerfile'), 'FROM a\nWORKDIR /app\nCOPY . .\nCMD x\n');
    writeFileSync(join(directory, '.gitlab-ci.yml'), '');
    const found = await json(directory);
    expect([found.before, found.after]).toEqual([null, null]);
    expect(found.diff).toBe('--- /dev/null\n+++ b/.dockerignore\n@@ -0,0 +1,1 @@\n+.gitlab-ci.yml\n');
    const { backups } = await json(directory, '--write');
    expect(backups).toEqual([]);
    expect(readFileSync(join(directory, '.dockerignore'), 'utf8')).toBe('.gitlab-ci.yml\n');
    expect(existsSync(join(directory, 'Dockerfile.orig'))).toBe(false);
  });

  it('shows no control characters on a terminal, and passes them on where the diff is applied', async () => {
    const directory = mkdtempSync(join(folder, 'n'));
    writeFileSync(join(directory, 'Dockerfile'), 'FROM a\n# \u001b[31m\nRUN mkdir /x\nRUN rm -r /x\n');
    expect((await run([directory])).stdout).toContain('\u001b[31m');
    expect((await run([directory, '--no-color'], { terminal: true })).stdout).not.toContain('\u001b');
  });

  it('does not write what it could not read', async () => {
    const directory = mkdtempSync(join(folder, 'n'));
    writeFileSync(join(directory, 'Dockerfile'), Buffer.from('FROM a\n# \xff\nRUN mkdir /x\nRUN rm -r /x\n', 'latin1'));
    const { status, stderr } = await run([directory, '--write']);
    expect(status).toBe(2);
    expect(stderr).toContain('not UTF-8');
  });
});
