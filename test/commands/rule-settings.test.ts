import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ReportFinding } from '../../src/report/report.ts';
import { runFake } from './fake-host.ts';
import { scratchFolder } from './scratch-folder.ts';

const folder = scratchFolder();
const config = join(folder, 'layerscope.yaml');
const demo = ['analyze', '--json', 'fixtures/demo.tar', '-d', 'fixtures/demo/Dockerfile'];

/** The findings of a command with a configuration. */
async function findings(args: readonly string[], settings: string): Promise<readonly ReportFinding[]> {
  writeFileSync(config, settings);
  const { status, stdout, stderr } = await runFake([...args, '--config', config]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return (JSON.parse(stdout) as { findings: readonly ReportFinding[] }).findings;
}

/** The rules of findings, each once, in their order, worst first. */
const order = (list: readonly ReportFinding[]): string[] => [
  ...new Set(list.map(({ rule, severity }) => `${severity} ${rule}`)),
];

test('analyze leaves out rules that are off, and sorts by the severities that are set', async () => {
  const asTheyAre = await findings(demo, '');
  const rules = order(asTheyAre);
  expect(rules).toContain('warning deleted-later');
  expect(rules).toContain('info unpinned-base');
  const set = await findings(demo, 'rules: { deleted-later: off, unpinned-base: error }');
  expect(order(set)).toEqual([
    'error unpinned-base',
    ...rules.filter((rule) => rule !== 'warning deleted-later' && rule !== 'info unpinned-base'),
  ]);
});

test('analyze on a page, too', async () => {
  writeFileSync(config, 'rules: { secret-file: off }');
  const { stdout } = await runFake([...demo.filter((arg) => arg !== '--json'), '--config', config]);
  expect(stdout).toContain('deleted-later');
  expect(stdout).not.toContain('secret-file');
});

test('cache lint does the same', async () => {
  const context = join(folder, 'context');
  mkdirSync(context);
  writeFileSync(
    join(context, 'Dockerfile'),
    'FROM debian:12\nARG GIT_SHA\nRUN apt-get update && apt-get install -y x\nRUN echo $GIT_SHA\n',
  );
  const lint = ['cache', 'lint', '--json', '--no-history', context];
  expect(order(await findings(lint, ''))).toEqual(['warning volatile-arg', 'info unpinned-base', 'info cache-mount']);
  expect(order(await findings(lint, 'rules: { volatile-arg: info, unpinned-base: error }'))).toEqual([
    'error unpinned-base',
    'info volatile-arg',
    'info cache-mount',
  ]);
  expect(await findings(lint, 'rules: { volatile-arg: off, unpinned-base: off, cache-mount: off }')).toEqual([]);
});

test('cache fix does not mend what is off', async () => {
  const context = join(folder, 'fixed');
  mkdirSync(context);
  writeFileSync(
    join(context, 'Dockerfile'),
    'FROM debian:12\nARG GIT_SHA\nRUN apt-get update && apt-get install -y x\nRUN echo $GIT_SHA\n',
  );
  const rules = async (settings: string): Promise<string[]> => {
    writeFileSync(config, settings);
    const { stdout } = await runFake(['cache', 'fix', '--json', context, '--config', config]);
    const { changes } = JSON.parse(stdout) as { changes: readonly { rule: string }[] };
    return changes.map(({ rule }) => rule);
  };
  const all = await rules('');
  expect(all).toContain('volatile-arg');
  expect(await rules('rules: { volatile-arg: info }')).toEqual(all);
  expect(await rules('rules: { volatile-arg: off }')).toEqual(all.filter((rule) => rule !== 'volatile-arg'));
});

test.each([
  ['analyze', demo],
  ['cache lint', ['cache', 'lint', '.']],
  ['cache fix', ['cache', 'fix', '.']],
  ['build', ['build']],
])('%s refuses a wrong file before it does anything', async (_, args) => {
  writeFileSync(config, 'rules: { volatile-args: off }');
  const wrong = `layerscope: ${config}:1: rules.volatile-args: unknown key; did you mean volatile-arg?\n`;
  expect(await runFake([...args, '--config', config])).toMatchObject({ status: 2, stdout: '', stderr: wrong });
  const missing = join(folder, 'none.yaml');
  const gone = `layerscope: ${missing}: no such file.\n`;
  expect(await runFake([...args, '--config', missing])).toMatchObject({ status: 2, stdout: '', stderr: gone });
});
