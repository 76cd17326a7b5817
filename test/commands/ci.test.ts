import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Gate } from '../../src/budgets/verdict.ts';
import { reporters } from '../../src/commands/reporters.ts';
import type { Report } from '../../src/report/report.ts';
import { schema } from '../report/schema.ts';
import { sharedImage } from '../shared-images.ts';
import { archiveOf, dockerFiles } from '../sources/written-image.ts';
import { file, layer, whiteout } from '../write-layer.ts';
import { runFake } from './fake-host.ts';
import { scratchFolder } from './scratch-folder.ts';

const folder = scratchFolder();
const repository = process.cwd();
afterEach(() => process.chdir(repository));

const dockerfile = 'FROM scratch\nCOPY app /app\nRUN make\n';

/** An image of `dockerfile`, whose second step makes a file of so many bytes. */
function imageBytes(bytes: number): Buffer {
  const tars = [layer({ app: file(100) }), layer({ 'usr/share/doc/made': file(bytes) })];
  const history = [{ created_by: 'COPY app /app # buildkit' }, { created_by: 'RUN /bin/sh -c make # buildkit' }];
  return archiveOf(dockerFiles({ layers: tars.map((tar) => ({ tar })), history, names: ['app:latest'] }));
}

/** A folder with a configuration, the image, and what else a test needs. */
function project(files: Readonly<Record<string, string | Buffer>>): string {
  const place = mkdtempSync(join(folder, 'project-'));
  for (const [name, text] of Object.entries({ Dockerfile: dockerfile, 'app.tar': imageBytes(900), ...files }))
    writeFileSync(join(place, name), text);
  return place;
}

/** Runs it where the project is, as people do. */
async function ci(place: string, ...args: readonly string[]) {
  process.chdir(place);
  return await runFake(['ci', ...args]);
}

async function gateOf(
  place: string,
  ...args: readonly string[]
): Promise<{ status: number; gate: Gate; report: Report }> {
  const { status, stdout, stderr } = await ci(place, ...args, '--json');
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as Report;
  schema('report.v1.json')(report);
  if (report.budgets === null) throw new Error('not judged');
  return { status, gate: report.budgets, report };
}

test.each<[budgets: string, status: number, results: readonly string[]]>([
  ['[{ metric: size, max: 1000 }]', 0, ['passed']],
  ['[{ metric: size, max: 999 }]', 1, ['failed']],
  ['[{ metric: size, max: 999, warn: 900 }, { metric: layers, max: 2 }]', 1, ['failed', 'passed']],
  ['[{ metric: size, max: 1000, warn: 999 }]', 0, ['warned']],
  ['[{ metric: size, path: "/usr/share/doc/**", max: 899 }]', 1, ['failed']],
  ['[{ metric: size, maxIncrease: 5% }]', 2, ['error']],
  ['[{ metric: size, max: 10 }, { metric: size, maxIncrease: 5% }]', 2, ['failed', 'error']],
])('budgets %s: status %i', async (budgets, expected, results) => {
  const place = project({ 'layerscope.yaml': `budgets: ${budgets}\n` });
  const { status, gate } = await gateOf(place, 'app.tar');
  expect(gate.results.map((result) => result.status)).toEqual(results);
  expect({ status, exitStatus: gate.exitStatus }).toEqual({ status: expected, exitStatus: expected });
  expect(gate.config).toBe('layerscope.yaml');
  // Nobody who only looks whether it went well is let past what could not be judged.
  expect((await ci(place, 'app.tar', '--exit-zero')).status).toBe(expected === 2 ? 2 : 0);
});

test('own bytes are judged where the base is known, and are an error where it is not', async () => {
  const place = project({ 'layerscope.yaml': 'budgets: [{ metric: size, scope: own, max: 1000 }]\n' });
  expect(await gateOf(place, 'app.tar')).toMatchObject({ status: 2, gate: { verdict: 'error' } });
  const known = await gateOf(place, 'app.tar', '-d', 'Dockerfile');
  expect(known).toMatchObject({ status: 0, gate: { verdict: 'passed', results: [{ value: 1000 }] } });
});

test('a baseline is an image or a saved report, told by the configuration or the command line', async () => {
  const place = project({
    'layerscope.yaml': 'budgets: [{ metric: size, maxIncrease: 100 }]\nbaseline: old.tar\n',
    'old.tar': imageBytes(800),
    'older.tar': imageBytes(799),
  });
  const report = join(place, 'older.json');
  expect((await ci(place, 'older.tar', '--baseline', 'older.tar', '--report', `json=${report}`)).status).toBe(0);
  const configured = await gateOf(place, 'app.tar');
  expect(configured).toMatchObject({
    status: 0,
    gate: {
      baseline: { kind: 'image', reference: 'old.tar' },
      results: [{ status: 'passed', value: 1000, baseline: 900 }],
    },
    report: { comparison: { size: { old: 900, new: 1000, change: 100 }, files: { grown: { files: 1, bytes: 100 } } } },
  });
  for (const [baseline, kind] of [
    ['older.tar', 'image'],
    ['older.json', 'report'],
    [`${place}/older.json`, 'report'],
  ] as const) {
    const { status, gate, report: judged } = await gateOf(place, 'app.tar', '--baseline', baseline);
    expect({ status, gate }).toMatchObject({
      status: 1,
      gate: { baseline: { kind, reference: baseline }, results: [{ status: 'failed', baseline: 899 }] },
    });
    expect(judged.comparison?.files === null).toBe(kind === 'report');
  }
  // By its first byte, whatever it is called.
  writeFileSync(join(place, 'figures'), readFileSync(report));
  expect((await gateOf(place, 'app.tar', '--baseline', './figures')).gate.baseline).toMatchObject({ kind: 'report' });
});

test('a path is compared with a saved report that measured it, and is an error otherwise', async () => {
  const budgets = (path: string): string => `budgets: [{ metric: size, path: "${path}", maxIncrease: 10 }]\n`;
  const place = project({ 'layerscope.yaml': budgets('/usr/**'), 'old.tar': imageBytes(890) });
  expect((await ci(place, 'old.tar', '--report', 'json=old.json')).status).toBe(2);
  expect(await gateOf(place, 'app.tar', '--baseline', 'old.json')).toMatchObject({
    status: 0,
    gate: { results: [{ value: 900, baseline: 890 }] },
  });
  writeFileSync(join(place, 'layerscope.yaml'), budgets('/app'));
  expect(await gateOf(place, 'app.tar', '--baseline', 'old.json')).toMatchObject({
    status: 2,
    gate: { results: [{ status: 'error', value: 100, baseline: null }] },
  });
});

test('the line that made it grow is named', async () => {
  const place = project({
    'layerscope.yaml': 'budgets: [{ metric: size, maxIncrease: 1% }]\nbaseline: old.tar\n',
    'old.tar': imageBytes(10),
  });
  const { status, report } = await gateOf(place, 'app.tar', '-d', 'Dockerfile');
  expect(status).toBe(1);
  expect(report.comparison?.lines[0]).toMatchObject({
    kind: 'same',
    location: { file: 'Dockerfile', startLine: 3 },
    text: 'RUN make',
    oldBytes: 10,
    newBytes: 900,
  });
  for (const format of Object.keys(reporters))
    expect((await ci(place, 'app.tar', '-d', 'Dockerfile', '--report', format)).stdout).toContain('RUN make');
});

test('a baseline that cannot be had ends it before the image is read', async () => {
  const place = project({ 'layerscope.yaml': 'budgets: [{ metric: size, max: 1 }]\n', 'broken.json': '{"a":1}' });
  const says = async (...args: string[]) => {
    const { status, stdout, stderr } = await ci(place, 'no-such-image.tar', ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.split('\n')).toHaveLength(2);
    return stderr;
  };
  expect(await says('--baseline', 'nowhere.tar')).toMatch(/^layerscope: nowhere\.tar: no such file/);
  expect(await says('--baseline', 'nowhere.json')).toMatch(/^layerscope: nowhere\.json: no such file/);
  expect(await says('--baseline', 'broken.json')).toMatch(/^layerscope: broken\.json: /);
  expect(await says('--baseline', 'Dockerfile')).toMatch(/^layerscope: Dockerfile: not a container image/);
  expect(await says()).toMatch(/^layerscope: no-such-image\.tar: no such file/);
});

test('findings fail from the severity on that is asked for', async () => {
  const key = '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\n';
  const waste = [
    layer({ 'big.bin': file(2_000_000), 'root/.ssh/id_rsa': file(key) }),
    layer({ '.wh.big.bin': whiteout }),
  ];
  const place = project({
    'layerscope.yaml': 'budgets: []\n',
    'strict.yaml': 'failOn: info\nrules: { secret-file: off }\n',
    'lenient.yaml': 'failOn: never\n',
    'off.yaml': 'failOn: info\nrules: { secret-file: off, deleted-later: off }\n',
    'app.tar': archiveOf(dockerFiles({ layers: waste.map((tar) => ({ tar })) })),
  });
  const rules = async (...args: string[]) => {
    const { status, gate } = await gateOf(place, 'app.tar', ...args);
    return [status, gate.failOn, gate.failingFindings.map(({ rule }) => rule)];
  };
  expect(await rules()).toEqual([1, 'error', ['secret-file']]);
  expect(await rules('--fail-on', 'warning')).toEqual([1, 'warning', ['secret-file', 'deleted-later']]);
  expect(await rules('--fail-on', 'never')).toEqual([0, 'never', []]);
  expect(await rules('--config', 'strict.yaml')).toEqual([1, 'info', ['deleted-later']]);
  expect(await rules('--config', 'lenient.yaml')).toEqual([0, 'never', []]);
  expect(await rules('--config', 'lenient.yaml', '--fail-on=error')).toEqual([1, 'error', ['secret-file']]);
  expect(await rules('--config', 'off.yaml')).toEqual([0, 'info', []]);
});

test('a budget that warns fails where warnings do', async () => {
  const place = project({ 'layerscope.yaml': 'budgets: [{ metric: size, warn: { max: 999 } }]\n' });
  expect((await gateOf(place, 'app.tar')).gate.verdict).toBe('warned');
  expect(await gateOf(place, 'app.tar', '--fail-on', 'warning')).toMatchObject({ status: 1, gate: { exitStatus: 1 } });
});

test("dive's rules come from its file and its options, which go first", async () => {
  // 1900 bytes, 100 of them written twice: efficiency 18/19, 200 bytes wasted by dive's count, 1000 of the user's own.
  const tars = [layer({ a: file(100), b: file(800) }), layer({ a: file(100), c: file(900) })];
  const place = project({ 'app.tar': archiveOf(dockerFiles({ layers: tars.map((tar) => ({ tar })) })) });
  const verdicts = async (...args: string[]) => {
    const { status, stdout } = await ci(place, 'app.tar', '--json', ...args);
    const { results } = (JSON.parse(stdout) as { budgets: Gate }).budgets;
    return [status, ...results.map(({ metric, status: verdict }) => `${metric} ${verdict}`)];
  };
  expect(await verdicts('--lowestEfficiency', '0.947')).toEqual([
    1,
    'efficiency passed',
    'diveUserWastedPercent failed',
  ]);
  expect(await verdicts('--lowestEfficiency=0.948', '--highestUserWastedPercent=0.2')).toEqual([
    1,
    'efficiency failed',
    'diveUserWastedPercent passed',
  ]);
  expect(await verdicts('--highestUserWastedPercent=disabled', '--highestWastedBytes=200B')).toEqual([
    0,
    'efficiency passed',
    'diveWastedBytes passed',
  ]);
  writeFileSync(join(place, '.dive-ci'), 'rules:\n  highestWastedBytes: 199B\n  highestUserWastedPercent: disabled\n');
  expect(await verdicts()).toEqual([1, 'efficiency passed', 'diveWastedBytes failed']);
  expect(await verdicts('--highestWastedBytes', '1kB')).toEqual([0, 'efficiency passed', 'diveWastedBytes passed']);
  expect((await ci(place, 'app.tar')).stderr).toMatch(/^layerscope: .*\.dive-ci/);
  expect((await ci(place, 'app.tar', '--quiet')).stderr).toBe('');
  // A configuration of our own comes before it.
  writeFileSync(join(place, 'layerscope.yaml'), 'budgets: []\n');
  expect(await verdicts()).toEqual([0]);
});

const diveImage = sharedImage('dive/test-docker-image.tar');

// What dive itself says of its own test image (its runtime/ci tests).
test.skipIf(diveImage === null).each([
  [['0.99', '1B', '0.01'], ['failed', 'failed', 'failed'], 1],
  [['0.9', '50kB', '0.5'], ['passed', 'passed', 'passed'], 0],
  [['0.9', '1B', '0.5'], ['passed', 'failed', 'passed'], 1],
  [['0.9844212134184309', '32025', '0.4834911001404049'], ['passed', 'passed', 'passed'], 0],
  [['0.984421213418431', '32024', '0.4834911001404048'], ['failed', 'failed', 'failed'], 1],
])("dive's thresholds %j of its own image: %j", async ([efficiency, bytes, percent], verdicts, status) => {
  const rules = { lowestEfficiency: efficiency, highestWastedBytes: bytes, highestUserWastedPercent: percent };
  const place = project({});
  const judged = async (...args: string[]) => {
    const { status: ended, stdout } = await ci(place, diveImage ?? '', '--json', ...args);
    const { results } = (JSON.parse(stdout) as { budgets: Gate }).budgets;
    return { status: ended, verdicts: results.map((result) => result.status) };
  };
  expect(await judged(...Object.entries(rules).map(([name, value]) => `--${name}=${value}`))).toEqual({
    status,
    verdicts,
  });
  writeFileSync(join(place, '.dive-ci'), JSON.stringify({ rules }));
  expect(await judged()).toEqual({ status, verdicts });
});

test('there is no report that skips the rules, and none that is quiet', async () => {
  const place = project({ 'layerscope.yaml': 'budgets: [{ metric: size, max: 1 }]\n' });
  const text = await ci(place, 'app.tar');
  expect(text).toMatchObject({ status: 1, stderr: '' });
  expect(await ci(place, 'app.tar', '--quiet')).toEqual(text);
  expect((await ci(place, 'app.tar', '--json')).status).toBe(1);
  expect((await ci(place, 'app.tar', '--json', '--quiet')).status).toBe(1);
});

test('the reports are there whatever the verdict, and one that cannot be written is an error', async () => {
  const place = project({ 'layerscope.yaml': 'budgets: [{ metric: size, max: 1 }]\n' });
  const formats = Object.keys(reporters);
  const wanted = formats.flatMap((format) => ['--report', `${format}=r.${format}`]);
  expect(await ci(place, 'app.tar', ...wanted)).toMatchObject({ status: 1, stdout: '', stderr: '' });
  expect(readdirSync(place).filter((name) => name.startsWith('r.'))).toHaveLength(formats.length);
  mkdirSync(join(place, 'taken'));
  const failed = await ci(place, 'app.tar', '--exit-zero', '--report', 'json=taken');
  expect(failed).toMatchObject({ status: 2, stdout: '' });
  expect(failed.stderr).toMatch(/^layerscope: taken: cannot be written/);
});

test('a reader that has seen enough does not turn the verdict', async () => {
  const place = project({ 'layerscope.yaml': 'budgets: [{ metric: size, max: 1 }]\n' });
  process.chdir(place);
  const onWrite = (): Error => Object.assign(new Error('EPIPE'), { code: 'EPIPE' });
  expect(await runFake(['ci', 'app.tar'], { onWrite })).toMatchObject({ status: 1, stderr: '' });
});

test('standard input is the image, the baseline, or a password, and no two of them', async () => {
  const place = project({ 'layerscope.yaml': 'budgets: [{ metric: size, maxIncrease: 0 }]\nbaseline: app.tar\n' });
  process.chdir(place);
  const stdin = imageBytes(900);
  expect(await runFake(['ci', '-'], { stdin })).toMatchObject({ status: 0, stderr: '' });
  expect(await runFake(['ci', 'app.tar', '--baseline', '-'], { stdin })).toMatchObject({ status: 0, stderr: '' });
  expect(await runFake(['ci', '-', '--baseline', '-'], { stdin })).toMatchObject({
    status: 2,
    stdout: '',
    stderr: 'layerscope: --baseline -: standard input is the image already.\n',
  });
  const login = ['--username', 'me', '--password-stdin'];
  expect(await runFake(['ci', 'registry:localhost/app', '--baseline', '-', ...login], { stdin })).toMatchObject({
    status: 2,
    stderr: 'layerscope: --baseline -: standard input is the password already.\n',
  });
});

test.each<[what: string, args: string[], says: string | RegExp]>([
  ['no image', ['ci'], 'An argument is missing: got 0, need at least 1. See layerscope --help.'],
  ['an unknown option', ['ci', 'app.tar', '--bogus'], 'Unknown argument: bogus. See layerscope --help.'],
  ['an unknown severity', ['ci', 'app.tar', '--fail-on', 'worst'], /^Invalid values:/],
  ['no severity', ['ci', 'app.tar', '--fail-on'], /^Not enough arguments following: fail-on/],
  ['no baseline', ['ci', 'app.tar', '--baseline', ''], /^--baseline/],
  ['no screen', ['ci', 'app.tar', '--tui'], 'Unknown argument: tui. See layerscope --help.'],
  ['no configuration', ['ci', 'app.tar', '--config', 'none.yaml'], /^none\.yaml:/],
  ['a threshold that is none', ['ci', 'app.tar', '--lowestEfficiency', 'high'], /^--lowestEfficiency high: /],
  ['too high a share', ['ci', 'app.tar', '--highestUserWastedPercent', '1.5'], /^--highestUserWastedPercent 1\.5: /],
  ['no size', ['ci', 'app.tar', '--highestWastedBytes', '5 bananas'], /^--highestWastedBytes 5 bananas: /],
])('%s: one line and status 2', async (_what, args, says) => {
  process.chdir(project({ 'layerscope.yaml': 'budgets: [{ metric: size, max: 1MB }]\n' }));
  const { status, stdout, stderr } = await runFake(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.split('\n')).toHaveLength(2);
  if (typeof says === 'string') expect(stderr).toBe(`layerscope: ${says}\n`);
  else expect(stderr.replace(/^layerscope: /, '')).toMatch(says);
});

test('nothing to judge by is no pass', async () => {
  const place = project({});
  const { status, stdout, stderr } = await ci(place, 'no-such-image.tar');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^layerscope: .*layerscope init/);
  // Nor is a baseline alone.
  expect((await ci(place, 'app.tar', '--baseline', 'app.tar')).stderr).toBe(stderr);
  expect((await ci(place, 'app.tar', '--fail-on', 'error')).status).toBe(0);
});

test('the same image, the same report, byte for byte', async () => {
  const place = project({
    'layerscope.yaml': 'budgets: [{ metric: size, maxIncrease: 0 }]\n',
    'old.tar': imageBytes(1),
  });
  const args = ['app.tar', '-d', 'Dockerfile', '--baseline', 'old.tar'];
  for (const format of Object.keys(reporters)) {
    const { stdout } = await ci(place, ...args, '--report', format);
    expect((await ci(place, ...args, '--report', format)).stdout).toBe(stdout);
  }
});
