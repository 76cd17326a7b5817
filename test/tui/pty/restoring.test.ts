import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { scratchFolder } from '../../commands/scratch-folder.ts';
import { archiveOf, dockerFiles } from '../../sources/written-image.ts';
import { file, layer } from '../../write-layer.ts';
import { demoImage, isBuilt, keys, restored, runProgram, runShell, type TerminalRun } from './terminal-run.ts';

describe.skipIf(!isBuilt)('the terminal is given back (skipped without dist: npm run build)', () => {
  const cwd = scratchFolder();
  let run: TerminalRun | undefined;
  afterEach(() => run?.abandon());

  async function opened(...args: readonly string[]): Promise<TerminalRun> {
    run = runProgram(args, { cwd, columns: 80, rows: 24 });
    await run.until('[1 Layers]');
    return run;
  }

  test.each([
    ['Ctrl-C', 130, (one: TerminalRun) => one.send(keys.ctrlC)],
    ['Ctrl-C in a prompt', 130, (one: TerminalRun) => one.send(`/${keys.ctrlC}`)],
    ['SIGINT', 130, (one: TerminalRun) => one.kill('SIGINT')],
    ['SIGTERM', 143, (one: TerminalRun) => one.kill('SIGTERM')],
    ['SIGHUP', 129, (one: TerminalRun) => one.kill('SIGHUP')],
  ])('after %s, with status %d and nothing left on the screen', async (_how, status, end) => {
    const one = await opened(demoImage);
    end(one);
    expect(await one.end()).toEqual({ status, signal: 0, modes: restored, buffer: 'normal' });
    expect(one.rows().filter((row) => row !== '')).toEqual([]);
  });

  test('before the one line of an error, with status 2', async () => {
    const image = { layers: [{ tar: layer({ a: file('a') }) }, { tar: layer({ b: file(9_000_000), c: file('c') }) }] };
    const archive = archiveOf(dockerFiles(image));
    // The header of the last file, which is read when the screen has long been open.
    archive[archive.indexOf('c\0\0\0\0\0', archive.length - 20_000)] = 0xff;
    const damaged = join(cwd, 'damaged.tar');
    writeFileSync(damaged, archive);
    run = runProgram([damaged], { cwd, columns: 80, rows: 24 });
    expect(await run.end()).toEqual({ status: 2, signal: 0, modes: restored, buffer: 'normal' });
    expect(run.output.split('\u001b[?1049h')).toHaveLength(2);
    const [, after = ''] = run.output.split('\u001b[?1049l');
    expect(after).toMatch(
      /^layerscope: .*layer 1.*: corrupt tar at byte \d+: the header checksum does not hold\.\r\n$/,
    );
    expect(
      run
        .rows()
        .filter((row) => row !== '')
        .join(''),
    ).toBe(after.trimEnd());
  });

  test('to the shell with echo and lines as they were', async () => {
    run = runShell(`$LAYERSCOPE ${demoImage}; echo "status $?"; stty -a`, { cwd, columns: 80, rows: 24 });
    await run.until('[1 Layers]');
    run.send('q');
    expect(await run.end()).toMatchObject({ status: 0, modes: restored, buffer: 'normal' });
    expect(run.rows()[0]).toBe('status 0');
    const settings = run
      .rows()
      .join(' ')
      .split(/[\s;]+/);
    expect(settings).toEqual(expect.arrayContaining(['icanon', 'isig', 'echo', 'icrnl', 'opost']));
  });

  test('to the shell by Ctrl-Z, and taken again by fg', async () => {
    // Waits for a line after the stop; the program leads a job of its own, as in a shell with a prompt.
    const job = `set -m; $LAYERSCOPE ${demoImage}; echo "stopped $?"; read line; fg; echo "ended $?"`;
    run = runShell(job, { cwd, columns: 80, rows: 24 });
    await run.until('wasted (38 %)');
    const shown = run.rows();
    run.send(keys.ctrlZ);
    await run.until(/^stopped 1\d\d$/);
    expect(run.modes()).toEqual(restored);
    await run.press('\r', '[1 Layers]');
    expect(run.rows()).toEqual(shown);
    run.send('q');
    expect(await run.end()).toEqual({ status: 0, signal: 0, modes: restored, buffer: 'normal' });
    expect(run.rows().findLast((row) => row !== '')).toBe('ended 0');
  });

  test('or drawn anew by Ctrl-L, where something else wrote on it', async () => {
    const one = await opened(demoImage);
    await one.until('wasted (38 %)');
    const shown = one.rows();
    one.scribble('\u001b[5;1Hsomething else');
    await one.until('something else');
    one.send('\u000c');
    await one.until((rows) => rows.every((row, at) => row === shown[at]));
    one.send('q');
    expect(await one.end()).toMatchObject({ status: 0 });
  });
});
