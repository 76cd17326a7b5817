import { EventEmitter } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { runBuilder } from '../../src/builds/run-builder.ts';
import { fixtureText } from '../builds/fixture.ts';
import { archiveOf, ociFiles } from '../sources/written-image.ts';
import { file, layer } from '../write-layer.ts';
import { type Outcome, runFake } from './fake-host.ts';
import { scratchFolder } from './scratch-folder.ts';

const scratch = scratchFolder();
let programs = 0;

/** A folder for the PATH with a program in it, which is a shell script. */
function program(name: string, script: string): string {
  const folder = join(scratch, `bin-${programs++}`);
  mkdirSync(folder);
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  return folder;
}

const run = async (
  path: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> =>
  await runFake(['build', ...args], {
    env: { PATH: `${path}:/usr/bin:/bin`, XDG_CACHE_HOME: join(scratch, 'cache'), ...env },
  });

/** A buildah that builds nothing but prints a real log, and has an image to give. */
function buildah(): string {
  const archive = join(scratch, 'image.tar');
  const history = [{ created_by: '/bin/sh -c #(nop) COPY file:0123456789abcdef in /b.txt ' }];
  writeFileSync(archive, archiveOf(ociFiles({ layers: [{ tar: layer({ 'b.txt': file(7) }) }], history })));
  const log = join(scratch, 'log');
  writeFileSync(log, fixtureText('buildah-143-again.txt'));
  return program(
    'buildah',
    [
      'case $1 in',
      `build) shift; cat ${log}; printf ${'1'.repeat(64)} > "$2";;`,
      `push) for last; do :; done; cp ${archive} "\${last#oci-archive:}";;`,
      'esac',
    ].join('\n'),
  );
}

function context(): string {
  const folder = join(scratch, `context-${programs++}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'Dockerfile'), fixtureText('two-stages.Dockerfile'));
  return folder;
}

describe('layerscope build', () => {
  test('gives the builder its arguments as they are, behind --iidfile', async () => {
    const path = program('docker', 'printf "[%s]" "$@"');
    const { status, stdout } = await run(path, ['--with', 'docker', '-t', 'a b', '--build-arg', 'X=$HOME *', '-h', '']);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^\[build\]\[--iidfile\]\[[^\]]+\/id\]\[-t\]\[a b\]\[--build-arg\]\[X=\$HOME \*\]\[-h\]\[\]$/,
    );
  });

  test('adds nothing where the ID is asked for already, or no image comes out', async () => {
    const path = program('docker', 'printf "[%s]" "$@"');
    const id = join(scratch, 'theirs');
    expect((await run(path, ['--with=buildx', '--iidfile', id, '.'])).stdout).toBe(
      `[buildx][build][--iidfile][${id}][.]`,
    );
    expect((await run(path, ['-o', 'out', '.'])).stdout).toBe('[build][-o][out][.]');
  });

  test("ends with the builder's status, and what it printed", async () => {
    const path = program('podman', 'echo out; echo err >&2; exit 42');
    expect(await run(path, ['--with', 'podman', '.'])).toMatchObject({ status: 42, stdout: 'out\n', stderr: 'err\n' });
    expect(await run(program('podman', 'kill -9 $$'), ['--with', 'podman', '.'])).toMatchObject({ status: 137 });
  });

  test('ends with 127 where there is no builder', async () => {
    const nowhere = program('other', '');
    const none = await runFake(['build', '.'], { env: { PATH: nowhere } });
    expect(none).toMatchObject({ status: 127, stdout: '' });
    expect(none.stderr).toBe(
      'layerscope: no docker, podman or buildah on the PATH. Install it, or choose another one with --with.\n',
    );
    expect((await runFake(['build', '--with', 'podman', '.'], { env: { PATH: nowhere } })).stderr).toContain(
      'no podman on',
    );
  });

  test('does not take an unknown builder or report', async () => {
    expect(await run(scratch, ['--with', 'kaniko', '.'])).toMatchObject({ status: 2, stdout: '' });
    expect(await run(scratch, ['--report', 'pdf', '.'])).toMatchObject({ status: 2, stdout: '' });
  });

  test('tells what was built, which steps ran, and whether that was foreseen', async () => {
    const path = buildah();
    const args = ['--with', 'buildah', '--layers', '-t', 'app', context()];
    const first = await run(path, args);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toContain('app  ');
    expect(first.stdout).toMatch(/^0 +7 B .*COPY file:0123456789ab \/b.txt$/m);
    expect(first.stdout).toMatch(/Dockerfile {2}built by/);
    expect(first.stdout).toContain('Steps of the build  7 steps cached, 5 ran');
    expect(first.stdout).toMatch(/^ +12 +cached +LABEL x=y$/m);
    expect(first.stdout).toContain('\nNothing to compare with yet:');
    // Nothing changed, so all is expected to be cached; the log says otherwise of five.
    const second = await run(path, args);
    const surprises = second.stdout.split('\n').filter((line) => line.includes(' was expected to be cached, and ran'));
    expect(surprises.map((line) => line.split(' was ', 1)[0])).toEqual([
      'line 13 COPY',
      'line 14 COPY',
      'line 15 RUN',
      'line 16 WORKDIR',
      'line 17 CMD',
    ]);
    const unasked = await run(path, ['--with', 'buildah', '-t', 'app', args.at(-1) ?? '']);
    expect(unasked.stdout).toContain('\nNothing was predicted: the cache was not asked.');
  });

  test('leaves standard output to a report that is wanted', async () => {
    const { stdout, stderr } = await run(buildah(), ['--with', 'buildah', '--json', context()]);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, image: { sizeBytes: 7 } });
    expect(stderr).toContain('STEP 1/7: FROM');
    expect(stderr).toContain('Steps of the build');
  });

  test('tells the steps alone where there is no image, and no steps where there is no log', async () => {
    const log = join(scratch, 'plain-log');
    writeFileSync(log, fixtureText('plain-28.txt'));
    const steps = await run(program('docker', `cat ${log} >&2`), ['-o', 'type=local,dest=out', context()]);
    expect(steps.status).toBe(0);
    expect(steps.stderr).toContain('layerscope: there is no image to analyze');
    expect(steps.stdout).toMatch(/^\nSteps of the build {2}2 steps cached, 5 ran in 2.0 s\n/);
    const nothing = await run(program('docker', 'true'), ['-o', 'out', '.']);
    expect(nothing).toMatchObject({ status: 0, stdout: '' });
    expect(nothing.stderr).toContain('printed no steps that could be read');
  });

  test('tells the steps although the image cannot be had', async () => {
    const log = join(scratch, 'plain-log');
    const script = `[ $1 = push ] && { echo 'Error: store is locked' >&2; exit 1; }; cat ${log}; printf ${'1'.repeat(64)} > "$3"`;
    const { status, stdout, stderr } = await run(program('buildah', script), ['--with', 'buildah', context()]);
    expect(status).toBe(2);
    expect(stderr).toContain(
      `sha256:${'1'.repeat(64)}: was built, but buildah does not give it: Error: store is locked.`,
    );
    expect(stdout).toContain('Steps of the build');
  });

  test('goes by the configuration for what it finds', async () => {
    const path = buildah();
    const config = join(scratch, 'layerscope.yaml');
    const rules = async (settings: string): Promise<string[]> => {
      writeFileSync(config, settings);
      const { stdout } = await run(path, ['--with', 'buildah', '--config', config, '--json', '--layers', context()]);
      const { findings } = JSON.parse(stdout) as { findings: readonly { rule: string; severity: string }[] };
      return findings.map(({ rule, severity }) => `${severity} ${rule}`);
    };
    const found = await rules('');
    expect(found).toEqual(['warning unpinned-base']);
    expect(await rules('rules: { unpinned-base: error }')).toEqual(['error unpinned-base']);
    expect(await rules('rules: { unpinned-base: off }')).toEqual([]);
  });

  test('predicts nothing of what it cannot read', async () => {
    const log = join(scratch, 'plain-log');
    const path = program('docker', `cat ${log}`);
    const why = async (...args: string[]): Promise<string> =>
      (await run(path, ['-o', 'x', ...args])).stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(await why('-')).toBe('Nothing was predicted: what is built is no directory.');
    expect(await why('-f', '-', '.')).toBe(
      'Nothing was predicted: the Dockerfile is no single file that can be read here.',
    );
    expect(await why(join(scratch, 'gone'))).toBe(
      'Nothing was predicted: the Dockerfile is no single file that can be read here.',
    );
    expect(await why('https://example.org/x.git')).toContain('Nothing was predicted: ');
  });

  test('is in the help, and has one of its own', async () => {
    expect((await runFake(['--help'])).stdout).toContain('layerscope build');
    const own = await runFake(['build', '-h']);
    expect(own).toMatchObject({ status: 0 });
    expect(own.stdout).toContain('--with');
  });
});

describe('a builder that runs', () => {
  const start = async (
    script: string,
    onTerminal: boolean,
    signal: 'SIGINT' | 'SIGTERM',
  ): Promise<[number, string]> => {
    const signals = new EventEmitter();
    let said = '';
    const stdout = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        said += chunk.toString();
        // The script is ready.
        if (said === 'ready\n') signals.emit(signal);
        done();
      },
    });
    const file = join(program('docker', script), 'docker');
    const env = { PATH: '/usr/bin:/bin' };
    const { status } = await runBuilder(file, [], {
      env,
      stdout,
      stderr: stdout,
      log: 'captured',
      onTerminal,
      signals,
    });
    expect(signals.eventNames()).toEqual([]);
    return [status, said];
  };

  test('is told to end, cleans up, and decides with what status', async () => {
    const script = 'trap "echo cleaned; exit 7" TERM; echo ready; while :; do sleep 0.05; done';
    expect(await start(script, false, 'SIGTERM')).toEqual([7, 'ready\ncleaned\n']);
  });

  test('gets Ctrl-C from the terminal, and not from us once more', async () => {
    const script = 'trap "echo twice" INT; echo ready; sleep 0.2; exit 3';
    expect(await start(script, true, 'SIGINT')).toEqual([3, 'ready\n']);
    const alone = 'trap "echo told; exit 9" INT; echo ready; while :; do sleep 0.05; done';
    expect(await start(alone, false, 'SIGINT')).toEqual([9, 'ready\ntold\n']);
  });

  test('goes on where nobody reads what it prints', async () => {
    const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    broken.on('error', () => {});
    const done = join(scratch, 'done');
    const file = join(program('docker', `yes | head -c 2000000; echo end; touch ${done}`), 'docker');
    const options = {
      env: { PATH: '/usr/bin:/bin' },
      stdout: broken,
      stderr: broken,
      log: 'captured',
      onTerminal: false,
    } as const;
    const { status, lines } = await runBuilder(file, [], { ...options, signals: new EventEmitter() });
    expect(status).toBe(0);
    expect(lines.at(-1)?.text).toBe('end');
    expect(readFileSync(done, 'utf8')).toBe('');
  });

  test('that cannot be started is an error with a line', async () => {
    const signals = new EventEmitter();
    const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
    const options = { env: {}, stdout: sink, stderr: sink, log: 'captured', onTerminal: false, signals } as const;
    await expect(runBuilder('/nowhere/docker', [], options)).rejects.toThrow('/nowhere/docker: cannot be run (spawn');
  });
});
