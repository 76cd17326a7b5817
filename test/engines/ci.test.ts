import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gate } from '../../src/budgets/verdict.ts';
import type { Report } from '../../src/report/report.ts';
import { runFake } from '../commands/fake-host.ts';
import { run } from './command.ts';
import { missingCurrentEngines } from './current/current-root.ts';
import { startCurrentEngines } from './current/start-current-engines.ts';
import type { Engines } from './engines.ts';
import { type BudgetCase, budgetCases, type Compared, compressedCases, type Margin } from './gate/budget-cases.ts';
import { grownLine, type State, states, writeProject } from './gate/projects.ts';
import { trueFigures } from './gate/true-figures.ts';
import { pushImage } from './registry/push-image.ts';
import { type Registry, startRegistry } from './registry/start-registry.ts';
import { enginesRequired, missingEngines, PROGRAMS } from './requirements.ts';

const missing = [...new Set([...missingCurrentEngines(), ...missingEngines()])];
if (missing.length > 0)
  process.stderr.write(`Skipped: the gate on real builds; this machine lacks ${missing.join(', ')}\n`);

it.runIf(enginesRequired())('every engine is installed', () => {
  expect(missing).toEqual([]);
});

const builders = ['buildkit', 'classic', 'buildah'] as const;
type GateBuilder = (typeof builders)[number];
const margins = ['holds', 'limit', 'breaks'] as const;
const base = 1;

describe.skipIf(missing.length > 0)('the gate on real builds', () => {
  let engines: Engines;
  let registry: Registry;
  const tagOf = (builder: GateBuilder, state: State): string => `localhost/${builder}:${state}`;
  const at = (name: string): string => join(engines.scratch, name);
  const archiveOf = (builder: GateBuilder, state: State): string => at(`${builder}-${state}.tar`);
  const dockerfileOf = (state: State): string => at(`project-${state}/Dockerfile`);
  const figures = new Map<GateBuilder, Compared>();

  beforeAll(async () => {
    engines = await startCurrentEngines();
    registry = await startRegistry(at('registry'));
    await mkdir(at('umoci'));
    for (const state of states) await writeProject(engines.scratch, state);
    const { docker, buildah } = engines;
    const buildBy = async (builder: GateBuilder): Promise<void> => {
      for (const state of states) {
        const [context, tag] = [at(`project-${state}`), tagOf(builder, state)];
        if (builder === 'buildah') {
          await buildah.build({ context, tag });
          await buildah.push(tag, `docker-archive:${archiveOf(builder, state)}:${tag}`);
        } else {
          await docker.build({ context, tag, builder });
          await docker.save(tag, archiveOf(builder, state));
        }
      }
    };
    await Promise.all(builders.map(buildBy));
    for (const builder of builders) {
      const read = async (state: State) =>
        await trueFigures(archiveOf(builder, state), tagOf(builder, state), at(`umoci/${builder}-${state}`));
      figures.set(builder, { now: await read('after'), before: await read('before'), base });
    }
  }, 300_000);
  afterAll(async () => {
    await registry.stop();
    await engines.stop();
  }, 60_000);

  /** A configuration with these budgets and no findings that fail. */
  async function configWith(name: string, budgets: readonly object[]): Promise<string> {
    const file = at(`${name.replaceAll(/\W+/g, '-')}.json`);
    await writeFile(file, JSON.stringify({ budgets, failOn: 'never' }));
    return file;
  }

  const args = (builder: GateBuilder, config: string): string[] => {
    const [image, baseline] = [archiveOf(builder, 'after'), archiveOf(builder, 'before')];
    return ['ci', image, '--baseline', baseline, '--dockerfile', dockerfileOf('after'), '--config', config];
  };

  /** By the program as it is installed, for its exit status. */
  async function program(argv: readonly string[]): Promise<{ status: number; stdout: string }> {
    return await new Promise((done, fail) => {
      const child = execFile(
        process.execPath,
        ['dist/bin.js', ...argv],
        { maxBuffer: 64 * 1024 * 1024 },
        (_error, stdout, stderr) => {
          if (stderr !== '') fail(new Error(stderr));
          else done({ status: child.exitCode ?? 255, stdout });
        },
      );
    });
  }

  function gateIn(stdout: string): Gate {
    const { budgets } = JSON.parse(stdout) as Report;
    if (budgets === null) throw new Error('not judged');
    return budgets;
  }

  const casesOf = (builder: GateBuilder): readonly BudgetCase[] => {
    const compared = figures.get(builder);
    if (compared === undefined) throw new Error(builder);
    return budgetCases(compared);
  };

  describe.each(builders)('%s', (builder) => {
    it.each(margins)('every budget that %s', async (margin: Margin) => {
      const cases = casesOf(builder);
      const config = await configWith(
        `${builder} all ${margin}`,
        cases.map(({ budget }) => budget(margin)),
      );
      const { status, stdout } = await program([...args(builder, config), '--json']);
      const gate = gateIn(stdout);
      const expected = margin === 'breaks' ? 'failed' : 'passed';
      expect(gate.results.map((result, nth) => [cases[nth]?.name, result.status, result.message])).toEqual(
        cases.map(({ name }) => [name, expected, margin === 'breaks' ? expect.any(String) : null]),
      );
      expect({ status, verdict: gate.verdict }).toEqual({ status: margin === 'breaks' ? 1 : 0, verdict: expected });
    });

    it('each of them alone decides', async () => {
      for (const { name, budget } of casesOf(builder)) {
        const verdict = async (margin: Margin) => {
          const config = await configWith(`${builder} alone`, [budget(margin)]);
          const { status, stdout, stderr } = await runFake([...args(builder, config), '--json']);
          return [name, stderr, status, gateIn(stdout).results.map((result) => result.status)];
        };
        expect(await verdict('limit')).toEqual([name, '', 0, ['passed']]);
        expect(await verdict('breaks')).toEqual([name, '', 1, ['failed']]);
      }
    });

    it('as warnings they decide nothing, unless warnings do', async () => {
      const warnings = casesOf(builder).map(({ budget }) => {
        const { metric, scope, stage, path, ...warn } = budget('breaks') as Record<string, unknown>;
        return { metric, scope, stage, path, warn };
      });
      const command = [...args(builder, await configWith(`${builder} warnings`, warnings)), '--json'];
      const { status, stdout } = await runFake(command);
      expect(gateIn(stdout).results.map((result) => result.status)).toEqual(warnings.map(() => 'warned'));
      expect(status).toBe(0);
      expect((await runFake([...command, '--fail-on', 'warning'])).status).toBe(1);
      expect((await runFake([...command, '--fail-on', 'warning', '--exit-zero'])).status).toBe(0);
    });

    it('compressed bytes are those of the registry', async () => {
      const sizes: Record<string, number[]> = {};
      for (const state of ['before', 'after'] as const) {
        const name = `${builder}:${state}`;
        await pushImage(
          registry,
          `docker-archive:${archiveOf(builder, state)}:${tagOf(builder, state)}`,
          name,
          at('umoci'),
        );
        const raw = await run(PROGRAMS.skopeo, [
          'inspect',
          '--raw',
          '--tls-verify=false',
          `docker://${registry.host}/${name}`,
        ]);
        const { layers } = JSON.parse(raw.toString()) as { layers: { size: number }[] };
        sizes[state] = layers.map(({ size }) => size);
      }
      const cases = compressedCases(sizes['after'] ?? [], sizes['before'] ?? [], base);
      const pulled = ['--baseline', `registry:${registry.host}/${builder}:before`, '--insecure', '--no-index-cache'];
      for (const margin of margins) {
        const config = await configWith(
          `${builder} compressed ${margin}`,
          cases.map(({ budget }) => budget(margin)),
        );
        const { status, stdout } = await program([
          'ci',
          `registry:${registry.host}/${builder}:after`,
          '--dockerfile',
          dockerfileOf('after'),
          '--config',
          config,
          ...pulled,
          '--json',
        ]);
        const gate = gateIn(stdout);
        const expected = margin === 'breaks' ? 'failed' : 'passed';
        expect(gate.results.map((result, nth) => [cases[nth]?.name, result.status])).toEqual(
          cases.map(({ name }) => [name, expected]),
        );
        expect(status).toBe(margin === 'breaks' ? 1 : 0);
      }
    });

    it('30 MB more name their line', async () => {
      const config = await configWith(`${builder} grown`, [{ metric: 'size', maxIncrease: '5%' }]);
      const command = [
        'ci',
        archiveOf(builder, 'grown'),
        '--baseline',
        archiveOf(builder, 'before'),
        '--config',
        config,
      ];
      const says = async (format: string): Promise<string> => {
        const lines = ['--dockerfile', dockerfileOf('grown'), '--report', format];
        const { status, stdout } = await program([...command, ...lines]);
        expect({ format, status }).toEqual({ format, status: 1 });
        return stdout;
      };
      const { comparison } = JSON.parse(await says('json')) as Report;
      expect(comparison?.size.change).toBe(30_000_000);
      expect(comparison?.lines[0]).toMatchObject({
        kind: 'edited',
        location: { startLine: grownLine },
        change: 30_000_000,
      });
      expect(comparison?.lines.slice(1).every(({ change }) => change === 0)).toBe(true);
      for (const format of ['text', 'markdown', 'github', 'sarif', 'junit']) {
        const text = await says(format);
        expect([format, /30(?:\.0)? MB/.test(text)]).toEqual([format, true]);
        const place =
          { github: `line=${grownLine},`, sarif: `"startLine": ${grownLine},` }[format] ?? `ine ${grownLine}`;
        expect([format, text.includes(place)]).toEqual([format, true]);
      }
    });
  });

  it('a baseline is the same from an archive, a registry, an engine, or a saved report', async () => {
    const limits = [
      { metric: 'size', maxIncrease: 20_000 },
      { metric: 'size', scope: 'own', maxIncrease: 20_000 },
      { metric: 'wasted', maxIncrease: 1000 },
      { metric: 'size', path: '/srv/**', maxIncrease: 20_000 },
      { metric: 'files', maxIncrease: 1 },
      { metric: 'layers', maxIncrease: 1 },
    ];
    const config = await configWith('baselines', limits);
    const [archive, tag] = [archiveOf('buildkit', 'before'), tagOf('buildkit', 'before')];
    const saved = at('saved.json');
    const lines = ['--dockerfile', dockerfileOf('after'), '--config', config];
    const env = { DOCKER_HOST: engines.docker.host, HOME: engines.scratch };
    // What has nothing to be compared with is an error, and the report is one all the same.
    expect((await runFake(['ci', archive, ...lines, '--report', `json=${saved}`])).status).toBe(2);
    await pushImage(registry, `docker-archive:${archive}:${tag}`, 'baselines:before', at('umoci'));
    const baselines = [archive, `registry:${registry.host}/baselines:before`, `docker:${tag}`, saved];
    for (const baseline of baselines) {
      const options = ['--baseline', baseline, '--insecure', '--no-index-cache', '--json', ...lines];
      const { status, stdout, stderr } = await runFake(['ci', archiveOf('buildkit', 'after'), ...options], { env });
      expect({ baseline, status, stderr }).toEqual({ baseline, status: 0, stderr: '' });
      expect(
        gateIn(stdout).results.map((result) => [result.status, (result.value ?? 0) - (result.baseline ?? 0)]),
      ).toEqual(limits.map(({ maxIncrease }) => ['passed', maxIncrease]));
      expect(gateIn(stdout).baseline).toMatchObject({
        kind: baseline === saved ? 'report' : 'image',
        reference: baseline,
      });
    }
  });
});
