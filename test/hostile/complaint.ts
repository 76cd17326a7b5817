import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { runFake } from '../commands/fake-host.ts';
import { leftCopies, scratchFolder } from '../commands/scratch-folder.ts';
import { writeTar } from '../engines/corpus/tar-header.ts';

/** For the tests of one file. Copies of standard input go below it, so that other tests do not disturb. */
export const folder = scratchFolder();
process.env['TMPDIR'] = folder;
afterEach(() => expect(leftCopies(folder)).toEqual([]));

/** A layer, and an image of it alone. */
export const tar = writeTar([{ name: 'file', content: 'content' }]);
export const image = { layers: [{ tar }] };

export function write(name: string, bytes: Buffer | string): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

/** What is said of an image, the same from a file, from standard input and by commands that keep a copy of that. */
export async function complaint(bytes: Buffer, more: readonly string[] = []): Promise<string> {
  const file = write('bad.tar', bytes);
  const said: string[] = [];
  for (const [args, stdin] of [
    [['analyze', file], Buffer.alloc(0)],
    [['analyze', '-'], bytes],
    [['cat', '-', '/file'], bytes],
  ] as const) {
    const { status, stdout, stderr } = await runFake([...args, ...more], { stdin });
    expect({ status, stdout, args }).toEqual({ status: 2, stdout: '', args });
    expect(stderr).toMatch(/^layerscope: [^\n]+\n$/);
    expect(stderr).not.toMatch(/Internal error|\n {4}at /);
    said.push(stderr.slice('layerscope: '.length, -1).replaceAll(file, 'standard input'));
  }
  return said[0] ?? '';
}
