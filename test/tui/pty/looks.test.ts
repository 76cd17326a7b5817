import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { scratchFolder } from '../../commands/scratch-folder.ts';
import { demoDockerfile, demoImage, isBuilt, keys, restored, runProgram, type TerminalRun } from './terminal-run.ts';

/** The looks that were asked for, by their SGR parameters, from the least. */
function looksIn(output: string): number[] {
  // oxlint-disable-next-line no-control-regex -- escape sequences are what this is about
  const codes = [...output.matchAll(/\u001b\[([0-9;]*)m/g)].flatMap(([, all = '']) => all.split(';').map(Number));
  return [...new Set(codes)].toSorted((a, b) => a - b);
}

describe.skipIf(!isBuilt)('keys and colours on the screen (skipped without dist: npm run build)', () => {
  const cwd = scratchFolder();
  let run: TerminalRun | undefined;
  afterEach(() => run?.abandon());

  async function walk(
    name: string,
    config: string | null,
    env: Readonly<Record<string, string>>,
    [quit, help] = ['q', '?'],
  ) {
    const folder = join(cwd, name);
    mkdirSync(folder);
    if (config !== null) writeFileSync(join(folder, 'layerscope.yaml'), config);
    run = runProgram([demoImage, '-d', demoDockerfile], { cwd: folder, env });
    await run.until('38 %');
    await run.press(`3${keys.enter}`, 'As layer 3 has it');
    await run.press('4', '[4 Dockerfile]');
    await run.press(help, ' Everywhere');
    await run.press(help, '[4 Dockerfile]');
    run.send(quit);
    expect(await run.end()).toEqual({ status: 0, signal: 0, modes: restored, buffer: 'normal' });
    return looksIn(run.output);
  }

  /** Bold, dim, underlined and inverse, and what ends them. */
  const colorless = [0, 1, 2, 4, 7, 22, 24, 27];

  test('colours are those of the terminal', async () => {
    expect(await walk('auto', null, {})).toEqual([0, 1, 2, 7, 22, 27, 31, 32, 35, 36, 39, 49, 97, 100]);
  });

  test('NO_COLOR has none', async () => {
    expect(await walk('none', null, { NO_COLOR: '1' })).toEqual(colorless);
  });

  test('a theme without any, and keys, come from the configuration', async () => {
    const config = 'tui:\n  theme: mono\n  keys: { quit: Q, help: [q, f1] }\n';
    expect(await walk('own', config, {}, ['Q', 'q'])).toEqual(colorless);
  });

  test('a configuration that is wrong is an error of one line, before there is a screen', async () => {
    const file = join(cwd, 'wrong.yaml');
    writeFileSync(file, 'tui:\n  them: dark\n');
    run = runProgram([demoImage, '--config', file], { cwd });
    expect(await run.end()).toEqual({ status: 2, signal: 0, modes: restored, buffer: 'normal' });
    expect(run.output).toMatch(/^layerscope: [^\r\n]+wrong\.yaml:2: [^\r\n]+\r\n$/);
  });
});
