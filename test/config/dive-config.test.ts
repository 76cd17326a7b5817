import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { diveDefaults } from '../../src/budgets/dive-rules.ts';
import { defaultConfig } from '../../src/config/config.ts';
import { loadConfig, loadOwnConfig } from '../../src/config/load-config.ts';
import { temporaryFolder } from '../scan-layer.ts';

/** dive's own example, without the rule of a plugin. */
const example = `---
plugins:
  - plugin1

rules:
  # If the efficiency is measured below X%, mark as failed. (expressed as a percentage between 0-1)
  lowestEfficiency: 0.95

  highestWastedBytes: 20Mb
  highestUserWastedPercent: 0.10
`;

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

const put = (text: string): void => writeFileSync(join(folder, '.dive-ci'), text);

describe('a .dive-ci', () => {
  test('counts where there is no configuration, and says so', async () => {
    put(example);
    const { config, path, notes, lineOf } = await loadConfig(folder, null);
    expect(config).toEqual({
      ...defaultConfig,
      dive: {
        lowestEfficiency: { kind: 'limit', text: '0.95', value: 0.95 },
        highestWastedBytes: { kind: 'limit', text: '20Mb', value: 20_000_000 },
        highestUserWastedPercent: { kind: 'limit', text: '0.1', value: 0.1 },
      },
    });
    expect(path).toBe('.dive-ci');
    expect(notes).toEqual([".dive-ci is read, for there is no configuration of layerscope's own."]);
    expect(await lineOf(['dive', 'highestWastedBytes'])).toBe(9);
    expect(await lineOf(['failOn'])).toBeNull();
  });

  test('does not count beside a configuration, and its note says so', async () => {
    put('rules: { lowestEficiency: 1 }');
    writeFileSync(join(folder, 'layerscope.yaml'), 'budgets: [{ metric: size, max: 1MB }]');
    const { config, path, notes } = await loadConfig(folder, null);
    expect(config.dive).toBeNull();
    expect({ path, notes }).toEqual({
      path: 'layerscope.yaml',
      notes: ['.dive-ci is not read, for there is layerscope.yaml.'],
    });
  });

  test('does not count where a configuration is named, nor from below, nor for other commands than ci', async () => {
    put('rules: { lowestEficiency: 1 }');
    mkdirSync(join(folder, 'below'));
    writeFileSync(join(folder, 'other.yaml'), 'budgets: [{ metric: size, max: 1MB }]');
    for (const loaded of [
      await loadConfig(folder, join(folder, 'other.yaml')),
      await loadConfig(join(folder, 'below'), null),
      await loadOwnConfig(folder, null),
    ])
      expect({ dive: loaded.config.dive, notes: loaded.notes }).toEqual({ dive: null, notes: [] });
  });

  test('is not what a configuration without budgets is taken for', async () => {
    writeFileSync(join(folder, 'layerscope.yaml'), 'tui: { mouse: false }');
    const note = 'layerscope.yaml has no budgets, so findings alone are judged.';
    expect((await loadConfig(folder, null)).notes).toEqual([note]);
    expect((await loadOwnConfig(folder, null)).notes).toEqual([]);
  });

  test.each([
    ['', {}],
    ['rules:', {}],
    ['rules: { LOWESTEFFICIENCY: 1 }', { lowestEfficiency: { kind: 'limit', text: '1', value: 1 } }],
    ['rules: { highestWastedBytes: disabled, lowestEfficiency: off }', { lowestEfficiency: { kind: 'disabled' } }],
  ])('%j has the defaults where it says nothing', async (text, said) => {
    put(text);
    expect((await loadConfig(folder, null)).config.dive).toEqual({ ...diveDefaults, ...said });
  });

  const rules = 'lowestEfficiency, highestWastedBytes, highestUserWastedPercent';
  test.each([
    ['rules:\n  lowestEficiency: 0.9', 2, 'rules.lowestEficiency: unknown rule; did you mean lowestEfficiency?'],
    ['rules:\n  lowest-efficiency: 0.9', 2, 'rules.lowest-efficiency: unknown rule; did you mean lowestEfficiency?'],
    ['rules:\n  plugin1/rule1: error', 2, `rules.plugin1/rule1: unknown rule; rules are ${rules}.`],
    ['rule:\n  lowestEfficiency: 0.9', 1, 'rule: unknown key; did you mean rules?'],
    ['rules: [lowestEfficiency]', 1, 'rules: expected a mapping, not a list.'],
    ['0.9', 1, 'expected a mapping, not 0.9.'],
    [
      'rules:\n  lowestEfficiency: 95',
      2,
      'rules.lowestEfficiency: expected a number from 0 to 1, or disabled, not "95".',
    ],
    [
      'rules:\n  highestWastedBytes: many',
      2,
      'rules.highestWastedBytes: expected a size such as 20MB, or disabled, not "many".',
    ],
    ['rules: {', 1, 'Flow map in block collection must be sufficiently indented and end with a }.'],
  ])('%j is refused', async (text, line, reason) => {
    put(text);
    const message = await loadConfig(folder, null).then(
      () => '',
      (error: Error) => error.message.replace(`${folder}/`, ''),
    );
    expect(message).toBe(`.dive-ci:${line}: ${reason}`);
  });
});
