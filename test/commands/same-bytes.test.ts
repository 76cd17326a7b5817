import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { env, execPath } from 'node:process';
import { expect, test } from 'vitest';
import { reporters } from '../../src/commands/reporters.ts';
import { scratchFolder } from './scratch-folder.ts';

const folder = scratchFolder();
const formats = Object.keys(reporters);

const configuration = `budgets:
  - { metric: size, max: 3MB, warn: 2MB, reason: small disks }
  - { metric: size, scope: own, maxIncrease: 5% }
  - { metric: size, path: "/srv/**", max: 100MB }
  - { metric: wastedPercent, max: 2% }
  - { metric: efficiency, min: 0.95 }
baseline: demo.tar
`;

/** Every report of the demo image, made at a place with an environment of its own. */
async function reportsAt(name: string, around: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  const place = join(folder, name);
  cpSync('fixtures/demo', place, { recursive: true });
  cpSync('fixtures/demo.tar', join(place, 'demo.tar'));
  writeFileSync(join(place, 'layerscope.yaml'), configuration);
  mkdirSync(join(place, 'out'));
  for (const command of ['analyze', 'ci']) {
    const reports = formats.flatMap((format) => ['--report', `${format}=out/${command}.${format}`]);
    await run(place, [command, 'demo.tar', '-d', 'Dockerfile', ...reports], around);
  }
  for (const format of formats) {
    const printed = await run(place, ['ci', 'demo.tar', '-d', 'Dockerfile', '--report', format], around);
    writeFileSync(join(place, 'out', `ci.${format}.printed`), printed);
  }
  const made = readdirSync(join(place, 'out')).toSorted();
  return new Map(made.map((file) => [file, readFileSync(join(place, 'out', file), 'utf8')]));
}

function run(cwd: string, args: readonly string[], around: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((done, failed) => {
    const options = { cwd, env: { PATH: env['PATH'], HOME: env['HOME'], ...around } };
    execFile(execPath, [resolve('dist/bin.js'), ...args], options, (error, stdout, stderr) => {
      // The demo image is over its budgets.
      if (stderr === '' && (error === null || error.code === 1)) done(stdout);
      else failed(new Error(stderr, { cause: error }));
    });
  });
}

test('the same image gives the same bytes in every format, wherever and whenever that is', async () => {
  const one = await reportsAt('here', { TZ: 'UTC', LC_ALL: 'C', TERM: 'dumb' });
  const other = await reportsAt(join('far', 'from', 'it'), {
    TZ: 'Pacific/Kiritimati',
    LANG: 'tr_TR.UTF-8',
    LC_ALL: 'tr_TR.UTF-8',
    TERM: 'xterm-256color',
    COLUMNS: '61',
    UV_THREADPOOL_SIZE: '1',
  });
  expect(one.size).toBe(3 * formats.length);
  for (const [file, text] of one) {
    expect([file, text]).toEqual([file, other.get(file)]);
    expect([file, text]).toEqual([file, one.get(file.replace(/\.printed$/, ''))]);
    expect(text).not.toBe('');
  }
});
