import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { leftCopies, scratchFolder } from '../../commands/scratch-folder.ts';
import { writeTar } from '../../engines/corpus/tar-header.ts';
import { archiveOf, dockerFiles } from '../../sources/written-image.ts';
import { demoImage, isBuilt, keys, restored, runProgram, runShell, type TerminalRun } from './terminal-run.ts';

const megabyte = 1024 ** 2;

/** A layer with one file of zeros, which inflates for as long as one likes: each member of its gzip is 16 MB. */
function zeros(name: string, members: number): { tar: Buffer; blob: Buffer } {
  const entry = writeTar([{ name, content: Buffer.alloc(0), size: members * 16 * megabyte }]);
  const [header, end] = [gzipSync(entry.subarray(0, 512)), gzipSync(entry.subarray(512))];
  const member = gzipSync(Buffer.alloc(16 * megabyte), { level: 1 });
  return { tar: Buffer.from(name), blob: Buffer.concat([header, ...Array<Buffer>(members).fill(member), end]) };
}

describe.skipIf(!isBuilt)('the screen while an image is read (skipped without dist: npm run build)', () => {
  const cwd = scratchFolder();
  const temporary = join(cwd, 'temporary');
  mkdirSync(temporary);
  const options = { cwd, columns: 100, rows: 30, env: { TMPDIR: temporary } };
  const quit = { status: 0, signal: 0, modes: restored, buffer: 'normal' };
  let run: TerminalRun | undefined;
  afterEach(() => run?.abandon());

  test('lists the layers before they are read', async () => {
    const image = join(cwd, 'some.tar');
    writeFileSync(image, archiveOf(dockerFiles({ layers: [zeros('a', 6), zeros('b', 6)] })));
    run = runProgram([image], options);
    await run.until('nothing wasted');
    run.send('q');
    expect(await run.end()).toEqual(quit);
    const listed = run.output.indexOf('RUN step 1');
    expect(listed).toBeGreaterThan(0);
    expect(listed).toBeLessThan(run.output.indexOf('nothing wasted'));
  });

  test('is left at once', async () => {
    const image = join(cwd, 'large.tar');
    writeFileSync(image, archiveOf(dockerFiles({ layers: [zeros('a', 2000), zeros('b', 2000)] })));
    run = runProgram([image], options);
    await run.until('RUN step 1');
    await run.press('2e', 'being read');
    run.send('q');
    expect(await run.end()).toEqual(quit);
    expect(run.output).not.toContain('wasted');
  });

  test('takes keys from the terminal when the image comes through a pipe, and reads files from its copy', async () => {
    run = runShell(`cat ${demoImage} | $LAYERSCOPE -`, options);
    await run.until('38 %');
    expect(leftCopies(temporary)).toHaveLength(1);
    await run.press('/noteboard.conf\r', '/noteboard.conf');
    await run.press(keys.enter, '2 listen=8080');
    run.send('qq');
    expect(await run.end()).toEqual(quit);
    expect(leftCopies(temporary)).toEqual([]);
  });

  test.each([
    ['q', 0, 'q'],
    ['Ctrl-C', 130, keys.ctrlC],
  ])('does not wait for a pipe without an end, and leaves no copy: %s', async (name, status, key) => {
    const pipe = join(cwd, `pipe-${name}`);
    execFileSync('mkfifo', [pipe]);
    const writer = openSync(pipe, 'r+');
    try {
      run = runShell(`exec $LAYERSCOPE - < ${pipe}`, options);
      writeSync(writer, readFileSync(demoImage).subarray(0, 60_000));
      await run.until(/standard input {2}60\.0 kB/);
      expect(leftCopies(temporary)).toHaveLength(1);
      run.send(key);
      expect(await run.end()).toEqual({ ...quit, status });
      expect(leftCopies(temporary)).toEqual([]);
    } finally {
      closeSync(writer);
    }
  });
});
