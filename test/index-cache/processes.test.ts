import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../scan-layer.ts';

const build = new URL('../../build/', import.meta.url);
const program = fileURLToPath(new URL('hammer.js', import.meta.url));

describe.skipIf(!existsSync(build))('several processes with one cache (skipped without build: npm run build)', () => {
  test.each([
    ['room for all of it', 6 * 400_000],
    ['room for half of it, so that each evicts what others read', 3 * 400_000],
  ])('find whole indexes or none, with %s', async (_, limit) => {
    const dir = temporaryFolder();
    const args = [program, build.href, dir, String(limit), '200'];
    const runs = Array.from({ length: 3 }, () => promisify(execFile)(process.execPath, args, { timeout: 60_000 }));
    const found = (await Promise.all(runs)).map(({ stdout }) => Number(stdout));
    // Whoever finds nothing in two hundred turns has no cache.
    for (const count of found) expect(count).toBeGreaterThan(10);
    const names = readdirSync(dir);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => name.endsWith('.partial'))).toEqual([]);
  });
});
