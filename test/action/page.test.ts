import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Report } from '../../src/report/report.ts';
import { scratchFolder } from '../commands/scratch-folder.ts';
import { startLoopbackServer } from '../engines/registry/loopback-server.ts';
import { action } from './action-file.ts';
import { canRunScripts } from './programs.ts';

const folder = scratchFolder();
const page = readFileSync('docs/ci.md', 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
}

const blocks = [...page.matchAll(/^( *)```(\w+)\n([^]*?)\n\1```$/gm)].map(
  ([, indent = '', language = '', text = '']): Block => ({
    language,
    text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }),
);
const texts = (language: string): string[] =>
  blocks.filter((block) => block.language === language).map(({ text }) => text);
const yamls = texts('yaml').map((text) => parse(text) as unknown);

/** The parts of a workflow, or of what other systems call so, that the tests look at. */
interface Step {
  readonly uses?: string;
  readonly run?: string | { readonly command: string };
  readonly with?: Readonly<Record<string, string>>;
}

const circle = yamls.find((yaml) => isObject(yaml) && 'version' in yaml);
const gitlab = yamls.find((yaml) => isObject(yaml) && 'image-size' in yaml) as {
  'image-size': { script: readonly string[]; after_script: readonly string[] };
};
const workflows = yamls.filter((yaml) => yaml !== circle && isObject(yaml) && 'jobs' in yaml);

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function stepsOf(workflow: unknown): readonly (Step | string)[] {
  return (workflow as { jobs: { image: { steps: readonly (Step | string)[] } } }).jobs.image.steps;
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A script, with these programs in front of all others, as a shell of a CI system runs it. */
async function shell(
  script: string,
  { programs, env = {} }: { programs: Readonly<Record<string, string>>; env?: Readonly<Record<string, string>> },
): Promise<Ended & { readonly cwd: string }> {
  const cwd = mkdtempSync(join(folder, 'job-'));
  const bin = join(cwd, '.bin');
  mkdirSync(bin);
  for (const [name, text] of Object.entries(programs))
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  const child = spawn('bash', ['-eo', 'pipefail', '-c', script], {
    cwd,
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: cwd, ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  child.stdin.end();
  const status = await new Promise<number | null>((done) => child.on('close', done));
  return { cwd, status, stdout, stderr };
}

/** Writes down its arguments, and an empty file for each report. */
const recorder = [
  `printf '%s ' "$(basename "$0")" "$@" >> ran; echo >> ran`,
  `for a; do case $a in junit=*|markdown=*) echo report > "\${a#*=}";; esac; done`,
].join('\n');

/** npx as it is with the version of the page, which is to be the one at hand. */
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const npx = `[ "$1 $2" = "--yes layerscope@${version}" ] || exit 9\nshift 2\nexec layerscope "$@"`;

test('the quick start is ten lines, the same as in the README, and every version is the one at hand', () => {
  const [first = ''] = texts('yaml');
  expect(first.split('\n')).toHaveLength(10);
  expect(readFileSync('README.md', 'utf8')).toContain(first);
  expect(page.match(/layerscope@v?[\d.]+\d/g)?.every((found) => found.endsWith(version))).toBe(true);
});

test('every input that a workflow gives the action is one of its inputs', () => {
  const uses = workflows
    .flatMap(stepsOf)
    .filter((step) => typeof step === 'object' && step.uses?.includes('/layerscope@'));
  expect(uses).toHaveLength(2);
  for (const step of uses)
    for (const input of Object.keys(typeof step === 'object' ? (step.with ?? {}) : {}))
      expect(Object.keys(action.inputs)).toContain(input);
});

test.skipIf(!canRunScripts)('every script line of every workflow is a shell that runs', async () => {
  const runs = [...workflows, circle].flatMap(stepsOf).flatMap((step) => {
    if (typeof step === 'string' || step.run === undefined) return [];
    return [typeof step.run === 'string' ? step.run : step.run.command];
  });
  expect(runs).toHaveLength(5);
  for (const run of runs) {
    const report = join(folder, 'report.json');
    writeFileSync(report, '{}');
    const programs = { docker: recorder, layerscope: recorder, npx };
    expect(await shell(run, { programs, env: { REPORT: report } })).toMatchObject({ status: 0, stderr: '' });
  }
});

test.skipIf(!canRunScripts)("Jenkins' lines run in a shell", async () => {
  const [groovy = ''] = texts('groovy');
  const lines = [...groovy.matchAll(/sh '([^']*)'/g)].map(([, line = '']) => line);
  expect(lines).toHaveLength(2);
  const { status, cwd } = await shell(lines.join('\n'), { programs: { docker: recorder, layerscope: recorder, npx } });
  expect(status).toBe(0);
  expect(readFileSync(join(cwd, 'ran'), 'utf8')).toBe(
    'docker build -t app . \nlayerscope ci docker:app --dockerfile Dockerfile --report text --report junit=layerscope.xml \n',
  );
});

test.skipIf(!canRunScripts)("GitLab's job logs in, judges, and keeps one note in the merge request", async () => {
  const { script, after_script: after } = gitlab['image-size'];
  const notes: { id: number; body: string }[] = [{ id: 3, body: 'hello' }];
  const requests: string[] = [];
  const server = await startLoopbackServer((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => (body += bytes.toString()));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      requests.push(`${method} ${url} ${String(headers['private-token'])}`);
      const text = new URLSearchParams(body).get('body') ?? '';
      if (method === 'POST') notes.push({ id: 4, body: text });
      if (method === 'PUT') notes.splice(1, 1, { id: 4, body: text });
      response.end(JSON.stringify(notes));
    });
  });
  const env = {
    CI_REGISTRY_PASSWORD: 'secret word',
    CI_REGISTRY_IMAGE: 'registry.gitlab.com/acme/app',
    CI_COMMIT_SHA: '0123abcd',
    CI_REGISTRY_USER: 'gitlab-ci-token',
    CI_MERGE_REQUEST_IID: '7',
    CI_API_V4_URL: `${server.origin}/api/v4`,
    CI_PROJECT_ID: '12',
    LAYERSCOPE_TOKEN: 'glpat-1',
  };
  const layerscope = `${recorder}\ncat >> ran; exit "\${VERDICT:-0}"`;
  try {
    for (const verdict of ['0', '1']) {
      const judged = await shell(script.join('\n'), {
        programs: { npx, layerscope },
        env: { ...env, VERDICT: verdict },
      });
      expect(judged.status).toBe(Number(verdict));
      expect(readFileSync(join(judged.cwd, 'ran'), 'utf8')).toBe(
        'layerscope ci registry:registry.gitlab.com/acme/app:0123abcd --dockerfile Dockerfile --username gitlab-ci-token' +
          ' --password-stdin --report text --report junit=layerscope.xml --report markdown=layerscope.md \nsecret word',
      );
      const noted = await shell(`echo 'verdict ${verdict} & more' > layerscope.md\n${after.join('\n')}`, {
        programs: {},
        env,
      });
      expect(noted).toMatchObject({ status: 0, stdout: '', stderr: '' });
      expect(notes[1]).toEqual({ id: 4, body: `<!-- layerscope -->\nverdict ${verdict} & more\n` });
    }
  } finally {
    await server.stop();
  }
  const path = '/api/v4/projects/12/merge_requests/7/notes';
  expect(requests).toEqual([
    `GET ${path}?per_page=100 glpat-1`,
    `POST ${path} glpat-1`,
    `GET ${path}?per_page=100 glpat-1`,
    `PUT ${path}/4 glpat-1`,
  ]);
});

test.skipIf(!canRunScripts).each([
  ['{ metric: size, max: 6MB }', 0, 'The image keeps its budgets.'],
  ['{ metric: size, max: 5MB }', 1, 'It does not: the report says which of them, and which line is to blame.'],
  ['{ metric: size, maxIncrease: 1% }', 2, 'Nobody can tell; the report, or the line above, says why.'],
])('the plain shell judges the demo image: %s', async (budget, status, says) => {
  const layerscope = `cat > layerscope.yaml <<'EOF'\nbudgets: [${budget}]\nEOF\nexec '${process.execPath}' '${resolve('dist/bin.js')}' "$@"`;
  const env = { IMAGE: resolve('fixtures/demo.tar'), DOCKERFILE: resolve('fixtures/demo/Dockerfile') };
  const [, script = ''] = texts('sh');
  const ended = await shell(script, { programs: { layerscope }, env });
  expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status, stderr: '' });
  expect(ended.stdout).toMatch(new RegExp(`\n${says.replaceAll('.', '\\.')}\n$`));
  const { budgets } = JSON.parse(readFileSync(join(ended.cwd, 'report.json'), 'utf8')) as Report;
  expect(budgets?.exitStatus).toBe(status);
});

test('every link of the page leads somewhere', () => {
  for (const [, target = ''] of page.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g))
    expect([target, existsSync(resolve('docs', target))]).toEqual([target, true]);
});
