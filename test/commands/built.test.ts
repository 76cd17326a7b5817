import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../scan-layer.ts';
import { archiveOf, dockerFiles } from '../sources/written-image.ts';
import { file, layer } from '../write-layer.ts';

const program = 'dist/bin.js';

describe.skipIf(!existsSync(program))('the program as it is shipped (skipped without dist: npm run build)', () => {
  test('finds its scan worker', () => {
    // Large enough for workers.
    const layers = ['a', 'b'].map((name) => ({ tar: layer({ [name]: file(name.repeat(10_000_000)) }) }));
    const archive = join(temporaryFolder(), 'image.tar');
    writeFileSync(archive, archiveOf(dockerFiles({ layers })));
    const listed = execFileSync(process.execPath, [program, 'ls', '--json', archive], { encoding: 'utf8' });
    const sizes = (JSON.parse(listed) as { path: string; size: number }[]).map(({ path, size }) => [path, size]);
    expect(sizes).toEqual([
      ['/a', 10_000_000],
      ['/b', 10_000_000],
    ]);
  });

  test('names its functions in a trace', () => {
    const env = { ...process.env, LAYERSCOPE_DEBUG: '1' };
    const { stderr } = spawnSync(process.execPath, [program, 'ls', 'nosuch.tar'], { env, encoding: 'utf8' });
    expect(stderr).toMatch(/^layerscope: nosuch\.tar: no such file/);
    expect(stderr).toMatch(/\n +at problem \(.*\n(?:.*\n)* +at findImage \(.*\n(?:.*\n)* +at (?:async )?loadImage \(/);
  });
});
