import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelOf } from '../../../src/cache/models.ts';
import type { KeyedStep } from '../../../src/cache/keyed-step.ts';
import type { Replay } from '../../../src/cache/replay/replay.ts';
import { replayHistory } from '../../../src/cache/replay/replay-history.ts';
import { createIgnore } from '../../../src/dockerfile/ignore-file.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { openRepository } from '../../../src/workspace/git/open-repository.ts';
import { readHistory } from '../../../src/workspace/git/read-history.ts';
import { gitEnv, TestRepository } from '../../workspace/git/test-repository.ts';
import { missingCurrentEngines } from '../current/current-root.ts';
import { startCurrentEngines } from '../current/start-current-engines.ts';
import type { Engines } from '../engines.ts';
import { enginesRequired } from '../requirements.ts';
import { baseReference } from './bases.ts';
import { CacheBuilders } from './cache-builders.ts';
import type { BuildState, ContextEntry } from './cache-case.ts';
import type { ReportedStep } from './reported-step.ts';

const BUILDS_TIMEOUT_MS = 600_000;

const base = baseReference('plain');

/** What BuildKit and buildah build alike. The first stage never yields the same twice: a replay has to expect as much. */
const dockerfile = `FROM ${base} AS build
WORKDIR /app
COPY package.json ./
RUN cat package.json > installed
LABEL stage=build
COPY src src
RUN cat installed src/* > bundle; head -c 8 /dev/urandom >> bundle

FROM ${base}
ENV MODE=production
COPY config /etc/app
COPY --from=build /app/bundle /bundle
RUN cat /bundle /etc/app/* > /checked
CMD ["cat", "/checked"]
`;

/** Makes the repository, and gives the names of its commits, that of the start first. */
function makeRepository(directory: string): { readonly repository: TestRepository; readonly ids: readonly string[] } {
  const repository = new TestRepository(directory);
  repository.write('Dockerfile', dockerfile);
  repository.write('.dockerignore', '.git\n*.md\n');
  repository.write('package.json', '1');
  repository.write('src/a', '1');
  repository.write('src/run', '1');
  repository.write('config/app', '1');
  repository.write('README.md', '1');
  const edits: readonly (() => void)[] = [
    () => undefined,
    () => repository.write('src/a', '2'),
    () => repository.write('README.md', '2'),
    () => repository.write('package.json', '2'),
    () => repository.write('src/run', '1', 0o755),
    () => repository.write('config/app', '2'),
    () => repository.git('mv', 'src/a', 'src/b'),
    // Back to what was built before.
    () => repository.git('mv', 'src/b', 'src/a'),
    () => {
      repository.write('src/c', '3');
      repository.write('config/more', '3');
    },
    () => repository.write('elsewhere/file', '4'),
    () => repository.remove('src/c'),
    () => repository.link('src/link', 'a'),
  ];
  const ids = edits.map((edit, at) => {
    edit();
    return repository.commit(`commit ${at}`);
  });
  return { repository, ids };
}

async function replayOf(directory: string, builder: 'buildkit' | 'buildah'): Promise<Replay> {
  return replayHistory({
    inputs: {
      dockerfile: parseDockerfile(dockerfile),
      target: null,
      buildArgs: new Map(),
      context: null,
      bases: new Map(),
    },
    model: modelOf(builder),
    ignore: createIgnore('.git\n*.md\n'),
    history: await readHistory(await openRepository(directory, gitEnv), { count: 100, to: 'HEAD' }),
    costs: new Map(),
  });
}

/** Lines that a builder ran, those of FROM left out, of which no builder says anything. */
function ranLines(reported: readonly ReportedStep[], steps: readonly KeyedStep[]): number[] {
  return reported.flatMap(({ stage, number, cached, text }) => {
    const own = steps.filter((step) =>
      [step.stage.name, `stage-${step.stage.index}`, String(step.stage.index)].includes(stage),
    );
    const step = own[number - 1];
    if (step === undefined || step.command.keyword !== text.split(' ')[0])
      throw new Error(`no step ${number} of ${stage}: ${text}`);
    return cached || step.command.keyword === 'FROM' ? [] : [step.instruction.startLine];
  });
}

/** Each commit, as git checks it out. */
function statesOf(repository: TestRepository, ids: readonly string[]): readonly BuildState[] {
  return ids.map((id) => {
    repository.git('checkout', '--quiet', '--detach', id);
    const files = Object.fromEntries(entriesOf(repository.directory, ''));
    return { dockerfile, files, args: {}, target: null, moving: 'plain', secrets: {} };
  });
}

function entriesOf(directory: string, path: string): (readonly [string, ContextEntry])[] {
  return readdirSync(join(directory, path), { withFileTypes: true }).flatMap((entry) => {
    const below = path === '' ? entry.name : `${path}/${entry.name}`;
    const place = join(directory, below);
    if (below === '.git') return [];
    if (entry.isDirectory()) return entriesOf(directory, below);
    if (entry.isSymbolicLink()) return [[below, { symlink: readlinkSync(place) }]];
    return [[below, { file: readFileSync(place, 'utf8'), mode: statSync(place).mode & 0o7777 }]];
  });
}

async function buildAll(
  builders: CacheBuilders,
  builder: 'buildkit' | 'buildah',
  states: readonly BuildState[],
): Promise<readonly (readonly ReportedStep[])[]> {
  const fresh = await builders.open(builder);
  const said: (readonly ReportedStep[])[] = [];
  for (const state of states) said.push(await fresh.build(state));
  await fresh.close();
  return said;
}

const missing = missingCurrentEngines();

it.runIf(enginesRequired())('every engine is installed: replay', () => {
  expect(missing).toEqual([]);
});

const skipped = missing.length === 0 ? '' : ` (skipped: this machine lacks ${missing.join(', ')})`;

describe.skipIf(missing.length > 0)(`what commits re-run, built one after the other${skipped}`, () => {
  let engines: Engines;
  let directory: string;
  let said: Readonly<Record<'buildkit' | 'buildah', readonly (readonly ReportedStep[])[]>>;

  beforeAll(async () => {
    engines = await startCurrentEngines();
    directory = join(engines.scratch, 'repository');
    const { repository, ids } = makeRepository(directory);
    const states = statesOf(repository, ids);
    const builders = await CacheBuilders.prepare(engines);
    const [buildkit, buildah] = await Promise.all([
      buildAll(builders, 'buildkit', states),
      buildAll(builders, 'buildah', states),
    ]);
    said = { buildkit, buildah };
  }, BUILDS_TIMEOUT_MS);
  afterAll(async () => {
    await engines.stop();
  });

  it.each(['buildkit', 'buildah'] as const)('%s: by commit and by line', async (builder) => {
    const replay = await replayOf(directory, builder);
    const steps = replay.lines.map(({ step }) => step);
    const ran = said[builder].slice(1).map((reported) => ranLines(reported, steps));
    expect(replay.commits.map(({ rerun, firstMiss }) => [rerun, firstMiss?.instruction.startLine ?? null])).toEqual(
      ran.map((lines) => [lines.length, lines.length === 0 ? null : Math.min(...lines)]),
    );
    const all = ran.flat();
    expect(replay.lines.map(({ step, reruns }) => [step.instruction.startLine, reruns])).toEqual(
      steps.map(({ instruction: { startLine } }) => [startLine, all.filter((line) => line === startLine).length]),
    );
    // What is said of the start is that nothing was there.
    expect(ranLines(said[builder][0] ?? [], steps)).toHaveLength(
      steps.filter(({ command }) => command.keyword !== 'FROM').length,
    );
  });
});
