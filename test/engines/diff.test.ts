import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/comparison/comparison.ts';
import { run } from './command.ts';
import { missingCurrentEngines } from './current/current-root.ts';
import { startCurrentEngines } from './current/start-current-engines.ts';
import { BASE, type Engines, startEngines } from './engines.ts';
import { enginesRequired, missingEngines } from './requirements.ts';
import type { Entry } from './truth/entry.ts';
import { ADDED_BY_DOCKER, truthOfDocker, truthOfUmoci } from './truth/extract.ts';

type Builder = 'classic' | 'buildkit' | 'buildah';

/** A build: its Dockerfile, and the sizes of the files in its context. */
interface Build {
  readonly dockerfile: readonly string[];
  readonly context: Readonly<Record<string, number>>;
}

const newBase = 'localhost/base:2';
const zeros = (bytes: number, path: string): string => `head -c ${bytes} /dev/zero > ${path}`;
const tree =
  'RUN mkdir -p /t/d && cd /t && echo aaa > same && echo aaa > less && echo a > more && echo gone > gone && ' +
  'echo in > d/in && echo file > becomes-link && ln -s x becomes-file && mkdir becomes-text && echo 1 > becomes-text/1';

const before: Build = {
  dockerfile: [
    `FROM ${BASE}`,
    'WORKDIR /app',
    `RUN mkdir /data && ${zeros(1_000_000, '/data/lib')}`,
    'COPY assets /app/assets',
    tree,
    'COPY main /app/main',
  ],
  context: { 'assets/one': 400_000, 'assets/two': 30_000, main: 20_000 },
};

/** The build with a line replaced, by its number from 1; with no lines it goes. */
function edited(line: number, lines: readonly string[], context: Build['context'] = {}): Build {
  return {
    dockerfile: before.dockerfile.toSpliced(line - 1, 1, ...lines),
    context: { ...before.context, ...context },
  };
}

const lineAt = (line: number): string => before.dockerfile[line - 1] ?? '';

interface Change {
  readonly now: Build;
  /** What changes: kind, line, bytes. All other rows have no change. */
  readonly growth: readonly (readonly [string, number | null, number])[];
}

const changes: Readonly<Record<string, Change>> = {
  'a RUN that adds 30 MB': {
    now: edited(3, [lineAt(3), `RUN ${zeros(30_000_000, '/data/big')}`]),
    growth: [['added', 4, 30_000_000]],
  },
  'an edited RUN': {
    now: edited(3, [`RUN mkdir /data && ${zeros(2_500_000, '/data/lib')}`]),
    growth: [['edited', 3, 1_500_000]],
  },
  'a COPY of more': {
    now: edited(4, [lineAt(4)], { 'assets/three': 5_000_000, 'assets/two': 10_000 }),
    growth: [['same', 4, 4_980_000]],
  },
  'a line that was moved, and what it copies': {
    now: {
      dockerfile: [1, 2, 6, 3, 4, 5].map(lineAt),
      context: { ...before.context, main: 220_000 },
    },
    growth: [['same', 3, 200_000]],
  },
  'another base image': {
    now: edited(1, [`FROM ${newBase}`]),
    growth: [['base', null, 3_000_000]],
  },
  'a COPY that went': {
    now: edited(4, []),
    growth: [['removed', 4, -430_000]],
  },
  'files of all kinds': {
    now: edited(5, [
      'RUN mkdir -p /t/d && cd /t && echo bbb > same && echo > less && echo aaaaaaaa > more && echo in > d/other && ' +
        'ln -s same becomes-link && echo text > becomes-file && echo text > becomes-text',
    ]),
    // same, less, more, d/other and two that became files; before: same, less, more, gone, d/in and two that were files.
    growth: [['edited', 5, 4 + 1 + 9 + 3 + 5 + 5 - (4 + 4 + 2 + 5 + 3 + 5 + 2)]],
  },
  nothing: { now: before, growth: [] },
};

/** BuildKit is what everybody has, the others are what is written otherwise into the history. */
const suites = [
  { name: 'Debian 12', missing: missingEngines(), start: startEngines, builders: ['classic', 'buildah'] },
  { name: 'today', missing: missingCurrentEngines(), start: startCurrentEngines, builders: ['buildkit'] },
] as const satisfies readonly {
  readonly name: string;
  readonly missing: readonly string[];
  readonly start: () => Promise<Engines>;
  readonly builders: readonly Builder[];
}[];

describe.each(suites)('diff of images by the builders of $name', ({ missing, start, builders }) => {
  it.runIf(enginesRequired())('every engine is installed', () => {
    expect(missing).toEqual([]);
  });

  describe.skipIf(missing.length > 0)(missing.length === 0 ? 'built' : `skipped: no ${missing.join(', ')}`, () => {
    let engines: Engines;

    beforeAll(async () => {
      engines = await start();
      const context = join(engines.scratch, 'base-2');
      await writeContext(context, {
        dockerfile: [`FROM ${BASE}`, `RUN ${zeros(3_000_000, '/usr/lib/new')}`],
        context: {},
      });
      await engines.docker.build({ context, tag: newBase, builder: 'buildkit' });
      await engines.buildah.build({ context, tag: newBase });
    }, 300_000);
    afterAll(async () => {
      await engines.stop();
    });

    describe.each(builders)('%s', (builder) => {
      let old: BuiltImage;

      beforeAll(async () => {
        old = await buildImage(engines, builder, 'old', before);
      }, 120_000);

      it.each(Object.entries(changes))(
        '%s',
        async (name, { now: build, growth }) => {
          const now = await buildImage(engines, builder, name.replaceAll(/\W/g, '-').toLowerCase(), build);
          const { lines, size, files } = await diffWithCli([
            old.reference,
            now.reference,
            `--dockerfile=${now.dockerfile}`,
            `--old-dockerfile=${old.dockerfile}`,
          ]);
          expect(
            lines
              .filter(({ change }) => change !== 0)
              .map(({ kind, location, change }) => [kind, location?.startLine ?? null, change]),
          ).toEqual(growth);
          // The history alone knows the steps, too, if not where a base image ends.
          const { lines: steps } = await diffWithCli([old.reference, now.reference]);
          expect(steps.filter(({ change }) => change !== 0).map(({ kind, change }) => [kind, change])).toEqual(
            growth.map(([kind, , change]) => [
              kind === 'base' ? expect.stringMatching(/^(?:base|added)$/) : kind,
              change,
            ]),
          );
          expect(size.change).toBe(growth.reduce((sum, [, , change]) => sum + change, 0));
          expect(
            files?.entries
              .filter(({ path }) => !ADDED_BY_DOCKER.has(path))
              .map(({ kind, path, change }) => `${kind} ${path} ${change}`)
              .toSorted(),
          ).toEqual(differences(old.entries, now.entries));
        },
        120_000,
      );
    });
  });
});

const CLI = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

/** The built program: layers of some size are read by its workers. */
async function diffWithCli(args: readonly string[]): Promise<Comparison> {
  return JSON.parse((await run(process.execPath, [CLI, 'diff', ...args, '--json'])).toString()) as Comparison;
}

interface BuiltImage {
  readonly reference: string;
  readonly dockerfile: string;
  /** As a real extractor leaves them. */
  readonly entries: readonly Entry[];
}

async function writeContext(folder: string, { dockerfile, context }: Build): Promise<void> {
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'Dockerfile'), `${dockerfile.join('\n')}\n`);
  for (const [name, bytes] of Object.entries(context)) await writeFile(join(folder, name), Buffer.alloc(bytes, name));
}

async function buildImage(
  { docker, buildah, scratch }: Engines,
  builder: Builder,
  name: string,
  build: Build,
): Promise<BuiltImage> {
  const folder = join(scratch, `${builder}-${name}`);
  const context = join(folder, 'context');
  await writeContext(context, build);
  const dockerfile = join(context, 'Dockerfile');
  const tag = `localhost/diff-${builder}:${name}`;
  if (builder === 'buildah') {
    await buildah.build({ context, tag });
    await buildah.push(tag, `oci:${join(folder, 'layout')}:image`);
    const { entries } = await truthOfUmoci(join(folder, 'layout'), 'image', join(folder, 'unpacked'));
    return { reference: `oci:${join(folder, 'layout')}:image`, dockerfile, entries };
  }
  await docker.build({ context, tag, builder });
  await docker.save(tag, join(folder, 'image.tar'));
  const { entries } = await truthOfDocker(docker, tag, join(folder, 'unpacked'));
  return { reference: join(folder, 'image.tar'), dockerfile, entries };
}

/** The same question, asked of what is on disk: paths that are no directories, and the bytes of those that are files. */
function differences(old: readonly Entry[], now: readonly Entry[]): string[] {
  const bytes = (entries: readonly Entry[]): Map<string, number> =>
    new Map(
      entries
        .filter(({ type, path }) => type !== 'dir' && !ADDED_BY_DOCKER.has(path))
        .map(({ path, size }) => [path, size]),
    );
  const [was, is] = [bytes(old), bytes(now)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .flatMap((path) => {
      const [one, other] = [was.get(path), is.get(path)];
      if (one === undefined) return [`added ${path} ${other}`];
      if (other === undefined) return [`removed ${path} ${0 - one}`];
      return one === other ? [] : [`${other > one ? 'grown' : 'shrunk'} ${path} ${other - one}`];
    })
    .toSorted();
}
