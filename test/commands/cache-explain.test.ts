import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { schema } from '../report/schema.ts';
import { runFake } from './fake-host.ts';
import { scratchFolder } from './scratch-folder.ts';

const dockerfile = `FROM node:22 AS build
WORKDIR /app
COPY package.json ./
RUN npm ci
ARG GIT_SHA
COPY . .
RUN npm run build

FROM node:22-slim
LABEL app=demo
COPY --from=build /app/dist /app
CMD ["node", "/app"]
`;

const project = {
  Dockerfile: dockerfile,
  '.dockerignore': '*.log\n',
  'package.json': '{}',
  'src/a.ts': 'a',
  'src/b.ts': 'b',
  'debug.log': 'noise',
};

function write(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode: 0o644 });
  }
  return folder;
}

interface ExplainedJson {
  readonly steps: readonly {
    readonly line: number;
    readonly status: string;
    readonly because: readonly { readonly kind: string; readonly detail: string; readonly step: number | null }[];
  }[];
  readonly summary: Readonly<Record<string, number | null>>;
  readonly notes: readonly string[];
}

const valid = schema('cache-explain.v1.json');

async function explain(folder: string, ...args: readonly string[]): Promise<ExplainedJson> {
  const { status, stdout, stderr } = await runFake(['cache', 'explain', folder, ...args, '--json']);
  expect([status, stderr]).toEqual([0, '']);
  const parsed = JSON.parse(stdout) as ExplainedJson;
  valid(parsed);
  return parsed;
}

/** `7 rerun`, for the lines that are not cached and not noops. */
function misses({ steps }: ExplainedJson): string[] {
  return steps
    .filter(({ status }) => status !== 'cached' && status !== 'noop')
    .map(({ line, status }) => `${line} ${status}`);
}

function reasons({ steps }: ExplainedJson, line: number): string[] {
  return steps.filter((step) => step.line === line).flatMap(({ because }) => because.map(({ detail }) => detail));
}

describe('layerscope cache explain', () => {
  const scratch = scratchFolder();
  let count = 0;
  const context = (): string => write(join(scratch, String(count++)), project);

  it('follows a changed file from its COPY to the stage that takes what is built', async () => {
    const explained = await explain(context(), '--changed', 'src/a.ts');
    expect(misses(explained)).toEqual(['6 rerun', '7 rerun', '11 depends']);
    expect(reasons(explained, 6)).toEqual(['src/a.ts changed content']);
    expect(reasons(explained, 7)).toEqual(['line 6 re-runs']);
    expect(reasons(explained, 11)).toEqual(['/app/dist comes from stage build, where line 7 re-runs']);
    expect(explained.summary).toEqual({ cached: 6, rerun: 2, depends: 1, noop: 2, bytes: null, seconds: null });
  });

  it('says which step each reason leads to', async () => {
    const { steps } = await explain(context(), '--changed', 'package.json');
    for (const { line, because } of steps)
      for (const { kind, step, detail } of because)
        if (kind === 'parent') expect(detail).toBe(`line ${steps[step ?? -1]?.line} re-runs`);
        else if (kind === 'content') expect([line, step]).toEqual([line, null]);
  });

  it('knows that a builder with a linear chain loses all that follows', async () => {
    const explained = await explain(context(), '--changed', 'src/a.ts', '--builder', 'classic');
    expect(misses(explained)).toEqual(['6 rerun', '7 rerun', '11 depends', '12 depends']);
  });

  it('tells an argument that matters to every RUN behind it', async () => {
    const explained = await explain(context(), '--changed-arg', 'GIT_SHA');
    expect(misses(explained)).toEqual(['5 rerun', '7 rerun', '11 depends']);
  });

  it('moves all base images, or that of one stage', async () => {
    expect(misses(await explain(context(), '--changed-base'))).toHaveLength(8);
    expect(misses(await explain(context(), '--changed-base=1'))).toEqual(['9 rerun', '11 rerun']);
  });

  it('says that nothing notices a file that is left out', async () => {
    const explained = await explain(context(), '--changed', 'debug.log');
    expect(misses(explained)).toEqual([]);
    expect(explained.notes).toEqual(['debug.log is left out of the context: nothing notices its change.']);
  });

  it('compares with an older copy by content and mode, not by time', async () => {
    const now = context();
    const older = join(scratch, 'older');
    cpSync(now, older, { recursive: true });
    expect(misses(await explain(now, '--against', older))).toEqual([]);
    chmodSync(join(now, 'src/a.ts'), 0o664);
    expect(reasons(await explain(now, '--against', older), 6)).toEqual(['src/a.ts changed mode 644 to 664']);
  });

  it('compares with a revision, ignore file and Dockerfile included', async () => {
    const now = context();
    const git = (...args: readonly string[]): void => {
      const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
      execFileSync('git', [...who, ...args], { cwd: now, stdio: 'pipe' });
    };
    git('init', '--quiet');
    write(now, { '.dockerignore': '.git\n*.log\n' });
    git('add', '.');
    git('commit', '--quiet', '--message', 'one');
    expect(misses(await explain(now, '--since', 'HEAD'))).toEqual([]);
    write(now, { 'src/b.ts': 'other', Dockerfile: dockerfile.replace('npm ci', 'npm ci --omit=dev') });
    const explained = await explain(now, '--since', 'HEAD');
    expect(misses(explained)).toEqual(['4 rerun', '6 rerun', '7 rerun', '11 depends']);
    expect(reasons(explained, 4)).toEqual(['the text changed']);
    expect(reasons(explained, 6)).toEqual(['Dockerfile changed content', 'src/b.ts changed content', 'line 4 re-runs']);
  });

  it('knows the platform that a builder on this machine builds for', async () => {
    const now = write(context(), {
      Dockerfile: 'FROM scratch\nARG TARGETARCH\nCOPY bin/$TARGETARCH/app /app\n',
      'bin/amd64/app': '1',
      'bin/arm64/app': '1',
    });
    expect(misses(await explain(now, '--changed', 'bin/amd64/app'))).toEqual(['3 rerun']);
    expect(misses(await explain(now, '--changed', 'bin/arm64/app'))).toEqual([]);
    const foreign = ['--changed', 'bin/arm64/app', '--build-arg', 'TARGETARCH=arm64'];
    expect(misses(await explain(now, ...foreign))).toEqual(['3 rerun']);
  });

  it('prints a page for people', async () => {
    const { stdout } = await runFake(['cache', 'explain', context(), '--changed', 'src/a.ts'], { columns: 100 });
    expect(stdout).toContain('because src/a.ts changed content');
    expect(stdout).toContain(
      '2 steps re-run, 1 step only if what an earlier stage yields differs from before; 6 steps cached.',
    );
  });

  it.each([
    [['cache', 'explain', 'DIR'], /What changed\?/],
    [['cache', 'explain', 'DIR/src', '--changed', 'a.ts'], /has no Dockerfile/],
    [['cache', 'explain', 'DIR/nowhere', '--changed', 'a.ts'], /has no Dockerfile/],
    [['cache', 'explain', 'DIR', '--changed', '../a.ts'], /outside of the context/],
    [['cache', 'explain', 'DIR', '--changed-base=nowhere'], /has no stage nowhere/],
    [['cache', 'explain', 'DIR', '--since', 'x', '--against', 'y'], /Give one of them/],
    [['cache', 'explain', 'DIR', '--since', 'HEAD'], /git/],
    [['cache', 'explain', 'DIR', '--target', 'nowhere', '--changed', 'src/a.ts'], /has no stage nowhere/],
    [['cache'], /cache what\?/],
  ])('refuses %j in one line', async (args, message) => {
    const now = context();
    const { status, stdout, stderr } = await runFake(args.map((arg) => arg.replace('DIR', now)));
    expect([status, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
    expect(stderr).toMatch(message);
  });
});
