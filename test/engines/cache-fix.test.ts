import { chmod, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proposeFix } from '../../src/cache/fix/propose-fix.ts';
import { modelOf } from '../../src/cache/models.ts';
import { replayHistory } from '../../src/cache/replay/replay-history.ts';
import { createIgnore } from '../../src/dockerfile/ignore-file.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { byContent } from '../../src/workspace/identify.ts';
import { readContext } from '../../src/workspace/read-context.ts';
import { missingCurrentEngines } from './current/current-root.ts';
import { startCurrentEngines } from './current/start-current-engines.ts';
import type { Engines } from './engines.ts';
import { buildFilesystem, type BuiltFilesystem, countCachedSteps } from './fix/built-filesystem.ts';
import { buildManagedBase, MANAGED_BASE } from './fix/fake-managers.ts';
import { enginesRequired } from './requirements.ts';

interface FixCase {
  readonly name: string;
  /** The rules whose changes must have been made, in order. */
  readonly rules: readonly string[];
  readonly dockerfile: string;
  readonly files: Readonly<Record<string, string>>;
  readonly modes?: Readonly<Record<string, number>>;
  readonly links?: Readonly<Record<string, string>>;
  /** A file of the context that the next commit changes. */
  readonly next: string;
  /** What the next build is given; the replay gives it, too. */
  readonly argument?: string;
  /** A RUN was cut in two: as many steps re-run, and each does less. */
  readonly cut?: true;
  /** Paths that the fixed image is meant to do without. */
  readonly without?: RegExp;
}

const npm = { 'package.json': '{"name":"a"}', 'package-lock.json': '{"lockfileVersion":3,"packages":{"":{}}}' };
const silent = '# layerscope ignore=cache-mount\n';

const cases: readonly FixCase[] = [
  {
    name: 'split of npm ci from the sources',
    rules: ['broad-copy'],
    cut: true,
    dockerfile: `WORKDIR /app\nCOPY . .\n${silent}RUN npm ci && build\nCMD ["x"]\n`,
    files: { ...npm, 'src/a.js': 'a', notes: 'x' },
    next: 'src/a.js',
  },
  {
    name: 'split of pip with files in directories below',
    rules: ['broad-copy'],
    dockerfile: `WORKDIR /app\nCOPY --chown=1000:1000 . .\n${silent}RUN pip install -r requirements.txt\nRUN build\n`,
    files: {
      'requirements.txt': '-r req/base.txt\n',
      'req/base.txt': '-c ../limits.txt\nflask\n',
      'limits.txt': 'flask<3\n',
      'req/notes.md': 'n',
      'src/a.py': 'a',
    },
    modes: { 'requirements.txt': 0o640, 'req/notes.md': 0o600 },
    next: 'src/a.py',
  },
  {
    name: 'split of go mod download, from a directory of the context',
    rules: ['broad-copy'],
    dockerfile: `WORKDIR /go/src/app\nCOPY server .\nRUN go mod download\nRUN build\n`,
    files: { 'server/go.mod': 'module a\n\ngo 1.22\n', 'server/go.sum': '', 'server/src/a.go': 'a' },
    next: 'server/src/a.go',
  },
  {
    name: 'installs of a distribution, above the sources',
    rules: ['broad-copy'],
    dockerfile: 'WORKDIR /app\nCOPY . .\nRUN apt-get update && apt-get install -y git\nRUN build\n',
    files: { 'src/a': 'a' },
    next: 'src/a',
  },
  {
    name: 'an argument that changes with each build, with ENV and LABEL',
    rules: ['volatile-arg'],
    dockerfile:
      'ARG GIT_SHA\nENV GIT_SHA=$GIT_SHA\nLABEL revision=$GIT_SHA a=b\nWORKDIR /app\nRUN apt-get install -y git\nCOPY src src\nRUN build\nENV LAST=1\n',
    files: { 'src/a': 'a' },
    next: 'src/a',
    argument: 'GIT_SHA',
  },
  {
    name: 'a deletion in a line of its own',
    rules: ['deleted-later'],
    dockerfile: 'COPY src /src\nRUN apt-get update && apt-get install -y git\nRUN rm -rf /var/lib/apt/lists/*\n',
    files: { 'src/a': 'a' },
    next: 'src/a',
  },
  {
    name: 'chown of a directory that the COPY makes',
    rules: ['recursive-metadata'],
    dockerfile: 'COPY src /data\nRUN chown -R app:app /data\n',
    files: { 'src/a': 'a', 'src/b/c': 'c' },
    modes: { 'src/a': 0o640 },
    links: { 'src/link': 'a', 'src/b/nowhere': '/none' },
    next: 'src/a',
  },
  {
    name: 'chown of a working directory',
    rules: ['recursive-metadata'],
    dockerfile: 'WORKDIR /app\nCOPY . .\nRUN chown -R 1000:1000 /app\nUSER app\n',
    files: { 'src/a': 'a', 'src/b/c': 'c' },
    links: { link: 'src/a' },
    next: 'src/a',
  },
  {
    name: 'chmod of files',
    rules: ['recursive-metadata', 'recursive-metadata'],
    dockerfile:
      'COPY a.sh b.sh /usr/bin/\nRUN chmod 0750 /usr/bin/a.sh /usr/bin/b.sh\nCOPY c.sh /c.sh\nRUN chmod +x /c.sh\n',
    files: { 'a.sh': 'a', 'b.sh': 'b', 'c.sh': 'c' },
    modes: { 'c.sh': 0o640 },
    next: 'a.sh',
  },
  {
    name: 'cache mounts',
    rules: ['cache-mount', 'cache-mount'],
    dockerfile:
      'WORKDIR /app\nCOPY package.json package-lock.json requirements.txt ./\nRUN npm ci\nRUN pip install -r requirements.txt\n',
    files: { ...npm, 'requirements.txt': 'flask\n' },
    next: 'package.json',
    without: /^\/root\/(?:\.npm|\.cache)(?:\/|$)/,
  },
  {
    name: 'lines of the ignore file',
    rules: ['context-churn', 'context-churn', 'broad-copy'],
    dockerfile: `WORKDIR /app\nCOPY . .\n${silent}RUN npm ci\nCMD ["node", "a.js"]\n`,
    files: { ...npm, 'a.js': 'a', '.git/HEAD': 'h', 'node_modules/old/index.js': 'o' },
    next: '.git/HEAD',
    without: /^\/app\/(?:\.git|\.dockerignore|node_modules\/old)(?:\/|$)/,
  },
];

const missing = missingCurrentEngines();

describe.skipIf(missing.length > 0 && !enginesRequired())(
  `fixes, built by the BuildKit of today${missing.map((name) => `, missing: ${name}`).join('')}`,
  () => {
    let engines: Engines;

    beforeAll(async () => {
      engines = await startCurrentEngines();
      await buildManagedBase(engines.docker, join(engines.scratch, 'managed'));
    }, 60_000);

    afterAll(async () => engines?.stop());

    // One after the other: of builds without a cache that run beside each other, BuildKit keeps what it likes.
    it.each(cases)('$name: the same files for less', { timeout: 60_000 }, async (each) => {
      const folder = join(engines.scratch, each.name.replaceAll(/\W/g, '-'));
      const text = `FROM ${MANAGED_BASE}\n${each.dockerfile}`;
      await writeContext(join(folder, 'before'), each, text);
      const { fix, perCommit } = await fixContext(join(folder, 'before'), each, text);
      expect(fix.changes.map(({ rule }) => rule)).toEqual(each.rules);

      await cp(join(folder, 'before'), join(folder, 'after'), { recursive: true, verbatimSymlinks: true });
      for (const { role, after } of fix.files) {
        await writeFile(join(folder, 'after', role === 'dockerfile' ? 'Dockerfile' : '.dockerignore'), after);
      }
      const before = await rebuild(engines, folder, 'before', each);
      const after = await rebuild(engines, folder, 'after', each);

      const kept = [...before.full.entries].filter(
        ([path]) => each.without?.test(path) !== true && !path.endsWith('/Dockerfile'),
      );
      const made = [...after.full.entries].filter(
        ([path]) => each.without?.test(path) !== true && !path.endsWith('/Dockerfile'),
      );
      expect(made).toEqual(kept);
      expect(after.full.configuration).toEqual(before.full.configuration);
      expect(
        [...after.full.entries.keys()].some(
          (path) =>
            each.without?.test(path) === true && !/installed|\.dockerignore$|\/(?:\.npm|\.cache|pip)$/.test(path),
        ),
      ).toBe(false);

      // What the next commit costs, by the builder's own words and by the replay.
      if (each.rules.includes('cache-mount')) {
        expect(after.full.layerBytes).toBeLessThan(before.full.layerBytes - 300_000);
        expect(perCommit.after).toBe(perCommit.before);
      } else if (each.cut === true) {
        expect(perCommit.after).toBe(perCommit.before);
        expect(after.cachedSteps).toBe(before.cachedSteps + 2);
      } else {
        expect(perCommit.after).toBeLessThan(perCommit.before);
        expect(after.steps - after.cachedSteps).toBeLessThan(before.steps - before.cachedSteps);
      }
    });
  },
);

interface Rebuilt {
  readonly full: BuiltFilesystem;
  /** Of the next commit's build. */
  readonly cachedSteps: number;
  /** Of the Dockerfile, that make a layer. */
  readonly steps: number;
}

async function rebuild({ docker }: Engines, folder: string, which: string, each: FixCase): Promise<Rebuilt> {
  const context = join(folder, which);
  const out = join(folder, `${which}-out`);
  await mkdir(out);
  const argument = (value: string): string[] =>
    each.argument === undefined ? [] : [`--build-arg=${each.argument}=${value}`];
  const full = await buildFilesystem(docker, context, out, ['--no-cache', ...argument('1')]);
  // Content of its own, for all share a cache; from a directory of its own: over the same one, a change of the same size
  // and time is missed.
  const later = join(folder, `${which}-later`);
  await cp(context, later, { recursive: true, verbatimSymlinks: true });
  await writeFile(
    join(later, each.next),
    `${await readFile(join(later, each.next), 'utf8')}\n# ${which} ${each.name}\n`,
  );
  const cachedSteps = await countCachedSteps(docker, later, argument(each.argument === undefined ? '1' : '2'));
  const text = await readFile(join(context, 'Dockerfile'), 'utf8');
  const steps = parseDockerfile(text)
    .stages.flatMap(({ instructions }) => instructions)
    .filter(({ keyword }) => /^(?:RUN|COPY|WORKDIR)$/.test(keyword)).length;
  return { full, cachedSteps, steps };
}

async function writeContext(folder: string, { files, modes = {}, links = {} }: FixCase, text: string): Promise<void> {
  for (const [path, content] of Object.entries({ ...files, Dockerfile: text })) {
    await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o755 });
    await writeFile(join(folder, path), content);
    await chmod(join(folder, path), modes[path] ?? 0o644);
  }
  for (const [path, target] of Object.entries(links)) await symlink(target, join(folder, path));
}

async function fixContext(folder: string, each: FixCase, text: string) {
  const { tree } = await readContext(folder, createIgnore(''), byContent);
  const changed = tree.children;
  const inputs = {
    dockerfile: parseDockerfile(text),
    target: null,
    buildArgs: new Map<string, string>(),
    context: tree,
    bases: new Map(),
  };
  const model = modelOf('buildkit');
  const path = each.next;
  const history = {
    start: { id: 'a', tree },
    commits: [
      {
        id: 'b',
        date: '2026-01-01T00:00:00Z',
        subject: '',
        changes: [{ path, node: { kind: 'file', mode: 0o644, content: 'new' } as const }],
      },
    ],
  };
  expect(changed.size).toBeGreaterThan(0);
  const fix = proposeFix({
    builder: 'buildkit',
    text,
    ignoreText: null,
    inputs,
    textOf: (name) => each.files[name] ?? null,
    costs: new Map(),
    silenced: new Set(),
    replay: ({ dockerfile, ignoreText, costs }) =>
      replayHistory({
        inputs: { ...inputs, dockerfile },
        model,
        ignore: createIgnore(ignoreText ?? ''),
        history,
        costs,
        changingArguments: each.argument === undefined ? [] : [each.argument],
      }),
  });
  return { fix, perCommit: { before: fix.before?.perCommit.steps ?? -1, after: fix.after?.perCommit.steps ?? -1 } };
}
