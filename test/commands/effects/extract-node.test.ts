import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { extractNode } from '../../../src/commands/effects/extract-node.ts';
import type { LoadedImage } from '../../../src/commands/load-image.ts';
import { snapshotAfter } from '../../../src/filesystem/snapshot.ts';
import { dir, fifo, file, hardLink, layer, symlink, whiteout } from '../../write-layer.ts';
import { loadLayers, nodeOf, quietHost } from '../loaded-image.ts';
import { scratchFolder } from '../scratch-folder.ts';

const folder = scratchFolder();
const lower = layer({
  app: dir(),
  'app/main': file('version 1', { mode: 0o4755 }),
  'app/old': file(1_500_000),
  'app/again': hardLink('app/main'),
  'app/link': symlink('main'),
  empty: dir(),
  'empty/below': dir(),
  pipe: fifo(),
});
const upper = layer({ 'app/main': file('version 2'), 'app/.wh.old': whiteout });

/** Extracts a path as a layer left it. */
const extractAt = (loaded: LoadedImage, path: string, layer: number, output: string): Promise<string> =>
  extractNode(quietHost(), loaded, snapshotAfter(loaded.union, layer), nodeOf(loaded, path), output);

test.each([
  ['uncompressed', lower],
  ['gzip', { tar: lower, blob: gzipSync(lower) }],
])('from the final filesystem and from what a lower layer left: %s', async (name, written) => {
  const loaded = await loadLayers(folder, written, upper);
  const [then, now] = [join(folder, name, 'then'), join(folder, name, 'now')];
  expect(await extractAt(loaded, '/app', 0, then)).toBe(`Extracted 3 files, 1.5 MB and 1 symbolic link to ${then}`);
  expect(readFileSync(join(then, 'app/main'), 'utf8')).toBe('version 1');
  expect(lstatSync(join(then, 'app/main')).mode & 0o7777).toBe(0o755);
  expect(lstatSync(join(then, 'app/again')).ino).toBe(lstatSync(join(then, 'app/main')).ino);
  expect(lstatSync(join(then, 'app/old')).size).toBe(1_500_000);
  expect(readlinkSync(join(then, 'app/link'))).toBe('main');
  const tree = loaded.union.tree;
  expect(await extractNode(quietHost(), loaded, tree, nodeOf(loaded, '/app'), now)).toBe(
    `Extracted 2 files, 18 B and 1 symbolic link to ${now}`,
  );
  expect(readFileSync(join(now, 'app/main'), 'utf8')).toBe('version 2');
  expect(readFileSync(join(now, 'app/again'), 'utf8')).toBe('version 1');
  expect(readdirSync(join(now, 'app'))).toEqual(['again', 'link', 'main']);
});

test('into a directory that is there, beside what is there, and never over it', async () => {
  const loaded = await loadLayers(folder, lower, upper);
  const output = join(folder, 'there');
  mkdirSync(join(output, 'kept'), { recursive: true });
  expect(await extractAt(loaded, '/app/main', 1, output)).toBe(`Extracted 1 file, 9 B to ${output}`);
  await expect(extractAt(loaded, '/app/main', 0, output)).rejects.toThrow(
    'main: exists already. Extract into another directory, or remove it first.',
  );
  expect(readFileSync(join(output, 'main'), 'utf8')).toBe('version 2');
  // What is made before the failure goes again, what was there stays.
  mkdirSync(join(output, 'pipe'));
  mkdirSync(join(output, 'empty'));
  await expect(extractAt(loaded, '/', 0, output)).rejects.toMatchObject({ code: 'target-exists' });
  expect(readdirSync(output)).toEqual(['empty', 'kept', 'main', 'pipe']);
});

test('says what there was to extract', async () => {
  const loaded = await loadLayers(folder, lower);
  const output = join(folder, 'words');
  expect(await extractAt(loaded, '/empty', 0, output)).toBe(`Extracted 2 directories to ${output}`);
  expect(await extractAt(loaded, '/app/link', 0, output)).toBe(`Extracted 1 symbolic link to ${output}`);
  expect(await extractAt(loaded, '/pipe', 0, output)).toBe(`Extracted nothing to ${output}; left out 1 device or pipe`);
});

test('a layer that cannot be read leaves nothing behind', async () => {
  const loaded = await loadLayers(folder, lower);
  const output = join(folder, 'unread/deep');
  const gone = { ...loaded, contents: [{ kind: 'absent' as const }] };
  await expect(extractAt(gone, '/app', 0, output)).rejects.toMatchObject({ code: 'content-unavailable' });
  expect(existsSync(join(folder, 'unread'))).toBe(false);
});
