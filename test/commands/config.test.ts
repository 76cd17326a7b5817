import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { senselessBudgets, wrongBudgets } from '../config/wrong-budgets.ts';
import { runCli } from '../run-cli.ts';
import { scratchFolder } from './scratch-folder.ts';

const folder = scratchFolder();
const file = join(folder, 'layerscope.yaml');

function put(text: string): readonly string[] {
  writeFileSync(file, text);
  return ['config', '--config', file];
}

async function printed(...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await runCli(...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.replaceAll(folder, '');
}

const whole = `budgets:
  - metric: size
    max: 250MB
    warn: 230MB
  - { name: docs, metric: size, path: /usr/share/doc/**, max: 1000000,
      warn: { max: 900kB } }
ignore: [/var/lib/dpkg/**]
rules:
  volatile-arg: off
baseline: main.json
tui: { keys: { up: [w, ctrl+p], quit: [] } }
`;

describe('layerscope config', () => {
  test('prints what holds, and the line of each value', async () => {
    expect(await printed(...put(whole))).toBe(`budgets:
  - metric: size # /layerscope.yaml:2
    scope: image # default
    max: 250MB # /layerscope.yaml:3
    warn:
      max: 230MB # /layerscope.yaml:4
  - name: docs # /layerscope.yaml:5
    metric: size # /layerscope.yaml:5
    scope: image # default
    path: /usr/share/doc/** # /layerscope.yaml:5
    max: 1000000 # /layerscope.yaml:5
    warn:
      max: 900kB # /layerscope.yaml:6
ignore:
  - /var/lib/dpkg/** # /layerscope.yaml:7
rules:
  volatile-arg: off # /layerscope.yaml:9
baseline:
  report: /main.json # /layerscope.yaml:10
failOn: error # default
tui:
  keys:
    up: [w, ctrl+p] # /layerscope.yaml:11
    quit: [] # /layerscope.yaml:11
  theme: auto # default
  mouse: true # default
`);
  });

  test('prints a file that says the same', async () => {
    const once = await runCli(...put(whole));
    const values = parse(once.stdout) as object;
    const again = await runCli(...put(once.stdout));
    expect(parse(again.stdout)).toEqual(values);
  });

  test('prints the defaults where there is no file', async () => {
    expect(await printed(...put(''))).toBe(
      '# /layerscope.yaml has no budgets, so findings alone are judged.\n' +
        'budgets: [] # default\nignore: [] # default\nrules: {} # default\nbaseline: null # default\nfailOn: error # default\n' +
        'tui:\n  keys: {} # default\n  theme: auto # default\n  mouse: true # default\n',
    );
  });

  test('says which option decided', async () => {
    const given = ['--no-mouse', '--baseline', 'acme/app:main', '--fail-on', 'never', '--highestWastedBytes', '20MB'];
    const text = await printed(...put('tui: { mouse: true }\nbaseline: old.json\nfailOn: info'), ...given);
    expect(text).toBe(`budgets: [] # default
ignore: [] # default
rules: {} # default
baseline:
  image: acme/app:main # --baseline
failOn: never # --fail-on
tui:
  keys: {} # default
  theme: auto # default
  mouse: false # --no-mouse
# The rules of dive, which stand in a .dive-ci:
#   lowestEfficiency: 0.9 # default
#   highestWastedBytes: 20MB # --highestWastedBytes
#   highestUserWastedPercent: 0.1 # default
`);
  });

  test('prints JSON', async () => {
    const text = await printed(...put('failOn: info'), '--json');
    expect(JSON.parse(text)).toEqual({
      schemaVersion: 1,
      file: '/layerscope.yaml',
      notes: [],
      settings: [
        { setting: 'budgets', value: [], origin: { from: 'default' } },
        { setting: 'ignore', value: [], origin: { from: 'default' } },
        { setting: 'rules', value: {}, origin: { from: 'default' } },
        { setting: 'baseline', value: null, origin: { from: 'default' } },
        { setting: 'failOn', value: 'info', origin: { from: 'file', file: '/layerscope.yaml', line: 1 } },
        { setting: 'tui.keys', value: {}, origin: { from: 'default' } },
        { setting: 'tui.theme', value: 'auto', origin: { from: 'default' } },
        { setting: 'tui.mouse', value: true, origin: { from: 'default' } },
      ],
    });
  });

  test('shows what a terminal would act on', async () => {
    const name = '"a\\e[2J\\u202e\\nb"';
    const text = await printed(...put(`budgets: [{ metric: size, max: 1MB, name: ${name} }]`));
    expect(text).toContain(`name: ${name} #`);
    expect(parse(text)).toMatchObject({ budgets: [{ name: '\u0061\u001b[2J\u202e\nb' }] });
  });
});

test.each([...wrongBudgets, ...senselessBudgets])('%j is refused on the command line', async (text, line, reason) => {
  expect(await runCli(...put(text))).toEqual({
    status: 2,
    stdout: '',
    stderr: `layerscope: ${file}:${line}: ${reason}${reason.endsWith('?') ? '' : '.'}\n`,
  });
});
