import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { scratchFolder } from '../../commands/scratch-folder.ts';
import { demoImage, isBuilt, runProgram, runShell, type TerminalRun } from './terminal-run.ts';

const ended = { status: 0, signal: 0 };

describe.skipIf(!isBuilt)('the report instead of the screen (skipped without dist: npm run build)', () => {
  const cwd = scratchFolder();
  let run: TerminalRun | undefined;
  afterEach(() => run?.abandon());

  test.each([
    ['CI is set', { CI: 'true' }],
    ['TERM is dumb', { TERM: 'dumb' }],
    ['INK_SCREEN_READER is set', { INK_SCREEN_READER: 'true' }],
  ])('with the reason, where %s', async (reason, env) => {
    run = runProgram([demoImage], { cwd, env });
    expect(await run.ended).toEqual(ended);
    const [first, ...report] = run.output.split('\r\n');
    expect(first).toBe(`layerscope: ${reason}: the report instead of the terminal UI`);
    expect(report.join('\n')).toContain('in 13 layers, 314 files');
    expect(run.output).not.toContain('\u001b[?');
  });

  test('with the reason, where the output goes elsewhere', async () => {
    run = runShell(`$LAYERSCOPE ${demoImage} | cat > report.txt`, { cwd });
    expect(await run.ended).toEqual(ended);
    expect(run.output).toBe('layerscope: standard output is no terminal: the report instead of the terminal UI\r\n');
    expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).toContain('in 13 layers, 314 files');
  });

  test('without a word, where it is asked for', async () => {
    run = runProgram([demoImage, '--no-tui'], { cwd });
    expect(await run.ended).toEqual(ended);
    expect(run.output).toContain('in 13 layers, 314 files');
    expect(run.output).not.toContain('instead of');
    expect(run.output).not.toContain('\u001b[?');

    run = runProgram([demoImage, '--json'], { cwd });
    expect(await run.ended).toEqual(ended);
    // Its end may be missing: the pseudo-terminal is not read for long once a program is over.
    expect(run.output).toMatch(/^\{\r\n {2}"schemaVersion": 1,\r\n/);
  });
});
