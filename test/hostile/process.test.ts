import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../commands/scratch-folder.ts';
import { writeTar } from '../engines/corpus/tar-header.ts';
import { archiveOf, dockerFiles } from '../sources/written-image.ts';

const demo = 'fixtures/demo.tar';
const folder = scratchFolder();
const temporary = join(folder, 'tmp');
mkdirSync(temporary);

/** Waits, not for ever, until something is so. */
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000 && !holds(); tries++) await wait(10);
  expect(holds()).toBe(true);
}

const shell = (line: string): string[] => {
  const { status, stdout, stderr } = spawnSync('bash', [
    '-c',
    `set -o pipefail; ${line}`,
    'sh',
    process.execPath,
    demo,
  ]);
  return [String(status), String(stdout), String(stderr)];
};

describe('the program itself', () => {
  test('says the same as in this process, and is quiet when its reader leaves', () => {
    expect(shell('"$1" dist/bin.js ls "$2" /etc/noteboard | wc -l')).toEqual(['0', '1\n', '']);
    expect(shell('"$1" dist/bin.js ls -R --json "$2" | head -1')).toEqual(['0', '[\n', '']);
    expect(shell('"$1" dist/bin.js cat "$2" /bin/busybox | head -c 4 | tail -c 3')).toEqual(['0', 'ELF', '']);
    expect(shell('"$1" dist/bin.js --help | head -1')[0]).toBe('0');
    expect(shell('"$1" dist/bin.js nosuch 2>&1 | cat')).toEqual([
      '2',
      expect.stringMatching(/^layerscope: nosuch: [^\n]+\n$/),
      '',
    ]);
    expect(shell('"$1" dist/bin.js analyze <(cat "$2") --json | grep -c manifestDigest')).toEqual(['0', '1\n', '']);
    expect(shell('"$1" dist/bin.js analyze - < "$2" | head -2 | tail -1')[1]).toContain(' in 13 layers, 314 files');
    expect(shell('"$1" dist/bin.js analyze "$2" --report json=/dev/stdout | head -1')).toEqual(['0', '{\n', '']);
    expect(shell('"$1" dist/bin.js nosuch 2>&-')).toEqual(['2', '', '']);
  });

  test.skipIf(!existsSync('/dev/full'))('a full disk is an error (skipped without /dev/full)', () => {
    for (const args of [[demo], [demo, '--json'], ['ls', '-R', demo], ['--version'], ['--help']]) {
      const { status, stderr } = spawnSync('bash', [
        '-c',
        'exec "$0" dist/bin.js "$@" > /dev/full',
        process.execPath,
        ...args,
      ]);
      expect([status, String(stderr)]).toEqual([
        2,
        'layerscope: Standard output: cannot be written (ENOSPC: no space left on device, write).\n',
      ]);
    }
  });
});

function start(args: readonly string[]) {
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawn(process.execPath, ['dist/bin.js', ...args], { env, stdio: ['pipe', 'ignore', 'pipe'] });
  child.stdin.on('error', () => {});
  const limit = setTimeout(() => child.kill('SIGKILL'), 30_000);
  const over = new Promise<number | null>((resolve) => {
    child.on('close', (status) => {
      clearTimeout(limit);
      resolve(status);
    });
  });
  return { child, over };
}

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  const statuses = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

  test('while standard input is copied: the copy goes', async () => {
    const { child, over } = start(['cat', '-', '/file']);
    child.stdin.write(readFileSync(demo).subarray(0, 300_000));
    await until(() => readdirSync(temporary).some((name) => existsSync(join(temporary, name, 'image'))));
    child.kill(signal);
    expect(await over).toBe(statuses[signal]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('while files are extracted: they go, and the copy with them', async () => {
    const files = Array.from({ length: 20_000 }, (_, at) => ({ name: `${at % 10}/${at}`, content: 'x' }));
    const archive = join(folder, 'many.tar');
    if (!existsSync(archive)) writeFileSync(archive, archiveOf(dockerFiles({ layers: [{ tar: writeTar(files) }] })));
    const target = join(folder, `target-${signal}`);
    const { child, over } = start(['extract', '-', '/', '-o', target]);
    child.stdin.end(readFileSync(archive));
    await until(() => existsSync(join(target, '3')));
    child.kill(signal);
    expect(await over).toBe(statuses[signal]);
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
