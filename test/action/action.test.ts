import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test as anyTest } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { scratchFolder } from '../commands/scratch-folder.ts';
import { type ApiSettings, type Comment, type GitHubApi, startGitHubApi } from './github-api.ts';
import { canRunScripts } from './programs.ts';
import { runAction } from './run-action.ts';
import { type StubSettings, stubLayerscope } from './stub-layerscope.ts';

const test = anyTest.skipIf(!canRunScripts);
const folder = scratchFolder();
const token = 'ghs_0123456789abcdef';
const pullRequest = { pull_request: { number: 7 } };

/** What layerscope leaves of an image that grew too much. */
const failed: StubSettings = {
  status: 1,
  reports: {
    text: 'verdict: failed\n',
    github: '::error file=Dockerfile,line=3::too large\nlayerscope: failed: ##[error]a budget\n',
    markdown: '### layerscope: failed\n',
    json: JSON.stringify({
      image: { sizeBytes: 1234 },
      budgets: { verdict: 'failed' },
      comparison: { size: { change: -5 } },
    }),
    sarif: '{}',
  },
};

const passed: StubSettings = {
  status: 0,
  reports: {
    markdown: '### layerscope: passed\n',
    json: JSON.stringify({ image: { sizeBytes: 1000 }, budgets: { verdict: 'passed' }, comparison: null }),
  },
};

const apis: GitHubApi[] = [];
afterEach(async () => {
  for (const api of apis.splice(0)) await api.stop();
});

async function github(settings: ApiSettings = {}): Promise<GitHubApi> {
  const api = await startGitHubApi(settings);
  apis.push(api);
  return api;
}

/** The arguments that a stub was given. */
function argumentsOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\0').slice(0, -1);
}

const comment = (id: number, login: string, body: string): Comment => ({ id, user: { login }, body });

test('a verdict, its outputs, its reports and its exit status', async () => {
  const { program, argumentsFile } = stubLayerscope(folder, failed);
  const inputs = { image: 'app.tar', dockerfile: 'docker/Dockerfile', executable: program };
  const { status, outputs, log } = await runAction(folder, { inputs });
  expect(status).toBe(1);
  expect(outputs).toMatchObject({ verdict: 'failed', status: '1', size: '1234', change: '-5' });
  for (const format of ['json', 'markdown', 'sarif'])
    expect(readFileSync(outputs[format] ?? '', 'utf8')).toBe(failed.reports?.[format]);
  // The text where the runner takes no commands, the annotations where it does.
  const [, mark = 'none', text, rest] = /^::stop-commands::(\w{32})\n([^]*?)\n::\1::\n([^]*)$/.exec(log) ?? [];
  expect(text).toBe('verdict: failed\nlayerscope: failed: ##[error]a budget\n');
  expect(rest).toBe('::error file=Dockerfile,line=3::too large\nNo pull request, no comment.\n');
  expect(log.split(mark)).toHaveLength(3);
  const given = argumentsOf(argumentsFile);
  const reports = outputs['json']?.replace(/json$/, '');
  expect(given).toEqual([
    'ci',
    ...['text', 'github', 'json', 'markdown', 'sarif'].map((format) => `--report=${format}=${reports}${format}`),
    '--dockerfile=docker/Dockerfile',
    '--',
    'app.tar',
  ]);
});

test('every input arrives as it was written, whatever is in it', async () => {
  const { program, argumentsFile } = stubLayerscope(folder, passed);
  const trap = join(folder, 'trapped');
  const hostile = `a"b'c \`touch ${trap}\` $(touch ${trap}) \${IFS};touch ${trap}\n::error::x *`;
  const inputs = {
    image: `--exit-zero ${hostile}`,
    dockerfile: hostile,
    context: hostile,
    baseline: hostile,
    config: `-${hostile}`,
    'fail-on': hostile,
    args: '--target=a b\r\n\n--base=$(id)',
    comment: 'false',
    executable: program,
  };
  const { status } = await runAction(folder, { inputs });
  expect(status).toBe(0);
  expect(argumentsOf(argumentsFile).slice(6)).toEqual([
    `--dockerfile=${hostile}`,
    `--context=${hostile}`,
    `--baseline=${hostile}`,
    `--config=-${hostile}`,
    `--fail-on=${hostile}`,
    '--target=a b',
    '--base=$(id)',
    '--',
    `--exit-zero ${hostile}`,
  ]);
  expect(existsSync(trap)).toBe(false);
});

test('nothing that layerscope prints is a command to the runner', async () => {
  const says = 'layerscope: ::set-output name=verdict::passed\n::add-mask::x\n##[set-output name=verdict;]passed\n';
  const text = '::error::from a file name\n';
  const { program } = stubLayerscope(folder, { ...failed, says, reports: { ...failed.reports, text } });
  const { log } = await runAction(folder, { inputs: { image: 'app.tar', executable: program } });
  const [, , quiet] = /^::stop-commands::(\w{32})\n([^]*?)\n::\1::\n/.exec(log) ?? [];
  expect(quiet).toBe(`${says}${text}layerscope: failed: ##[error]a budget\n`);
});

test.each([
  ['layerscope has no result', { status: 2, says: 'layerscope: app.tar: no such file\n' }, '2'],
  ['there is no layerscope', null, '2'],
  ['npm has no such package', { status: 1, says: 'npm error 404\n' }, '2'],
  ['it is killed', { status: 137 }, '2'],
] satisfies [string, StubSettings | null, string][])('%s: status 2', async (_what, settings, expected) => {
  const program = settings === null ? join(folder, 'nowhere') : stubLayerscope(folder, settings).program;
  const { status, outputs } = await runAction(folder, { inputs: { image: 'app.tar', executable: program } });
  expect(status).toBe(2);
  expect(outputs).toEqual({
    verdict: 'error',
    status: expected,
    size: '',
    change: '',
    json: '',
    markdown: '',
    sarif: '',
  });
});

test.each([
  ['', 'layerscope@0.1.0'],
  ['2.3.4', 'layerscope@2.3.4'],
  ['1; touch /', 'layerscope@1; touch /'],
])('version %j: npx runs %s', async (version, expected) => {
  const { program, argumentsFile } = stubLayerscope(folder, passed);
  const bin = join(program, '..', 'bin');
  mkdirSync(bin);
  symlinkSync(program, join(bin, 'npx'));
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
  const { status } = await runAction(folder, { inputs: { image: 'app.tar', version }, env });
  expect(status).toBe(0);
  expect(argumentsOf(argumentsFile).slice(0, 3)).toEqual(['--yes', expected, 'ci']);
});

test('the comment is made once, and kept up to date', async () => {
  const api = await github();
  const run = async (settings: StubSettings) =>
    await runAction(folder, {
      inputs: { image: 'app.tar', executable: stubLayerscope(folder, settings).program },
      token,
      event: pullRequest,
      env: api.env,
    });
  expect((await run(failed)).status).toBe(1);
  expect(api.comments).toEqual([comment(1000, 'github-actions[bot]', '<!-- layerscope -->\n### layerscope: failed\n')]);
  expect((await run(passed)).status).toBe(0);
  expect(api.comments.map(({ body }) => body)).toEqual(['<!-- layerscope -->\n### layerscope: passed\n']);
  // Where there is no verdict, the last one does not stay.
  expect((await run({ status: 2 })).status).toBe(2);
  expect(api.comments.map(({ body }) => body)).toEqual([expect.stringContaining('layerscope: no result')]);
  expect(api.requests).toContain('PATCH /repos/acme/app/issues/comments/1000');
  expect(api.tokens).toEqual(new Set([`Bearer ${token}`]));
});

test('it is found behind many others, and only among what the token wrote', async () => {
  const mark = '<!-- layerscope -->\n';
  const others = Array.from({ length: 230 }, (_, at) => comment(at, 'someone', at % 2 ? mark : 'hello'));
  const ours = comment(5000, 'my-app[bot]', `${mark}old`);
  const quoting = comment(4999, 'my-app[bot]', `> ${mark}old`);
  const viewers = [
    { writer: 'my-app[bot]', viewer: 'my-app[bot]' },
    { writer: 'my-app[bot]', viewer: 'my-app' },
  ];
  for (const settings of viewers) {
    const api = await github({ ...settings, comments: [...others, quoting, ours, comment(6000, 'someone', mark)] });
    const { program } = stubLayerscope(folder, passed);
    const inputs = { image: 'app.tar', executable: program };
    await runAction(folder, { inputs, token, event: pullRequest, env: api.env });
    expect(api.comments.filter(({ body }) => body.includes('passed')).map(({ id }) => id)).toEqual([5000]);
    expect(api.requests.filter((line) => line.startsWith('GET'))).toEqual(
      [1, 2, 3].map((page) => `GET /repos/acme/app/issues/7/comments?per_page=100&page=${page}`),
    );
  }
});

test('a hundred comments and none of ours: the next page is asked for, then one is made', async () => {
  const api = await github({ viewer: null, comments: Array.from({ length: 100 }, (_, at) => comment(at, 'x', 'y')) });
  const { program } = stubLayerscope(folder, passed);
  await runAction(folder, { inputs: { image: 'a', executable: program }, token, event: pullRequest, env: api.env });
  expect(api.requests.slice(1)).toEqual([
    'GET /repos/acme/app/issues/7/comments?per_page=100&page=1',
    'GET /repos/acme/app/issues/7/comments?per_page=100&page=2',
    'POST /repos/acme/app/issues/7/comments',
  ]);
});

test('each key has a comment of its own', async () => {
  const api = await github();
  for (const key of ['web', 'api', 'web']) {
    const { program } = stubLayerscope(folder, passed);
    const inputs = { image: 'app.tar', executable: program, 'comment-key': key };
    await runAction(folder, { inputs, token, event: pullRequest, env: api.env });
  }
  expect(api.comments.map(({ body }) => body.split('\n')[0])).toEqual([
    '<!-- layerscope web -->',
    '<!-- layerscope api -->',
  ]);
});

test('a token that may not write, as in pull requests from forks, is told of, and the verdict stays', async () => {
  const refusal = { status: 403, message: 'Resource not accessible by integration\n::error::x ##[error]y' };
  const api = await github({ refusal });
  const { program } = stubLayerscope(folder, passed);
  const inputs = { image: 'app.tar', executable: program };
  const { status, log } = await runAction(folder, { inputs, token, event: pullRequest, env: api.env });
  expect(status).toBe(0);
  expect(log).toContain('GitHub answers with status 403:\n  {"message":"Resource not accessible by integration');
  expect(log).toContain('\n::notice::The token may not comment on this pull request');
  expect(log).not.toContain('::warning::');
  expect(log).not.toContain('##[error]');
});

test.each([
  ['GitHub is broken', { status: 502, message: 'bad gateway' }, {}],
  ['nobody answers', null, {}],
  ['the token is none', null, { 'github-token': 'a"\nb' }],
  ['there is no token', null, { 'github-token': '' }],
  ['the key would end the mark', null, { 'comment-key': 'a --> b' }],
  ['comment is neither true nor false', null, { comment: 'yes' }],
])('%s: a warning, and the verdict stays', async (_what, refusal, more) => {
  const api = await github(refusal === null ? {} : { refusal });
  if (refusal === null) await api.stop();
  const { program } = stubLayerscope(folder, failed);
  const inputs = { image: 'app.tar', executable: program, ...more };
  const { status, log } = await runAction(folder, { inputs, token, event: pullRequest, env: api.env });
  expect(status).toBe(1);
  expect(log.match(/^::warning::/gm)).toHaveLength(1);
  expect(log).not.toContain(token);
  expect(api.comments).toEqual([]);
});

test('what happened is no pull request, or no comment is wanted: GitHub is not asked', async () => {
  const api = await github();
  const { program } = stubLayerscope(folder, passed);
  const base = { image: 'app.tar', executable: program };
  const pushed = await runAction(folder, { inputs: base, token, env: api.env });
  expect(pushed).toMatchObject({ status: 0 });
  expect(pushed.log).toContain('No pull request, no comment.\n');
  const inputs = { ...base, comment: 'false' };
  expect(await runAction(folder, { inputs, token, event: pullRequest, env: api.env })).toMatchObject({ status: 0 });
  expect(api.requests).toEqual([]);
});

test('a report longer than GitHub takes is cut', async () => {
  const api = await github();
  const { program } = stubLayerscope(folder, {
    ...passed,
    reports: { ...passed.reports, markdown: 'é'.repeat(70_000) },
  });
  await runAction(folder, { inputs: { image: 'a', executable: program }, token, event: pullRequest, env: api.env });
  expect(api.comments.map(({ body }) => body.length)).toEqual([65_536]);
});

test('the program itself: a demo image over its budget, told in the log, on its line, in the summary and in the comment', async () => {
  const api = await github();
  const program = join(folder, 'layerscope');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/bin.js')}' "$@"\n`, { mode: 0o755 });
  const config = join(folder, 'budgets.yaml');
  writeFileSync(config, 'failOn: never\nbudgets: [{ metric: size, max: 5MB, name: small }]\n');
  const inputs = { image: 'fixtures/demo.tar', dockerfile: 'fixtures/demo/Dockerfile', config, executable: program };
  const { status, outputs, log, summary } = await runAction(folder, {
    inputs,
    token,
    event: pullRequest,
    env: api.env,
  });
  expect(status).toBe(1);
  expect(outputs).toMatchObject({ verdict: 'failed', status: '1', change: '' });
  const { image } = JSON.parse(readFileSync(outputs['json'] ?? '', 'utf8')) as Report;
  expect(outputs['size']).toBe(String(image.sizeBytes));
  expect(log).toMatch(/^::error .*small/m);
  expect(log).toMatch(/^::warning file=fixtures\/demo\/Dockerfile,line=19,/m);
  expect(log).not.toContain('::notice::The token');
  const markdown = readFileSync(outputs['markdown'] ?? '', 'utf8');
  expect([markdown, summary].map((text) => text.includes('small'))).toEqual([true, true]);
  expect(api.comments.map(({ body }) => body)).toEqual([`<!-- layerscope -->\n${markdown}`]);
  expect(JSON.parse(readFileSync(outputs['sarif'] ?? '', 'utf8'))).toMatchObject({ version: '2.1.0' });
});
