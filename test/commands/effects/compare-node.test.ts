import { expect, test } from 'vitest';
import { compareNode } from '../../../src/commands/effects/compare-node.ts';
import { snapshotAfter } from '../../../src/filesystem/snapshot.ts';
import { compareLineCount, compareLines } from '../../../src/tui/file/comparison.ts';
import { dir, file, hardLink, layer, symlink, whiteout } from '../../write-layer.ts';
import { plainText } from '../../tui/file/content-of.ts';
import { loadLayers, nodeOf } from '../loaded-image.ts';
import { scratchFolder } from '../scratch-folder.ts';

const folder = scratchFolder();
const loaded = await loadLayers(
  folder,
  layer({
    'mode only': file('same'),
    text: file('one\ntwo\n', { mtime: 0 }),
    link: symlink('text'),
    hard: hardLink('text'),
    untouched: file('x'),
    gone: file('x'),
    'implied/file': file('x'),
  }),
  layer({
    'mode only': file('same', { mode: 0o755 }),
    text: file('one\n2\n', { mtime: 86_400 }),
    link: symlink('../text'),
    new: file('x', { uid: 3_000, gid: 5 }),
    '.wh.gone': whiteout,
    implied: dir({ mtime: 0 }),
  }),
);

/** How the second layer changed a path. */
async function compared(path: string): Promise<string[]> {
  const [below, here] = [snapshotAfter(loaded.union, 0), snapshotAfter(loaded.union, 1)];
  const comparison = await compareNode(loaded, below, here, nodeOf(loaded, path));
  return compareLines(comparison, 0, compareLineCount(comparison), { width: 80, scrollX: 0 }).map(plainText);
}

const time = 'mtime  2023-11-14T22:13:20.000Z';

test.each([
  [
    '/mode only',
    [
      'Changed from the layer below.',
      '  type   file',
      '  size   4 B',
      '- mode   0644',
      '+ mode   0755',
      '  owner  0:0',
      `  ${time}`,
    ],
  ],
  [
    '/text',
    [
      'Changed from the layer below.',
      '  type   file',
      '- size   8 B',
      '+ size   6 B',
      '  mode   0644',
      '  owner  0:0',
      '- mtime  1970-01-01T00:00:00.000Z',
      '+ mtime  1970-01-02T00:00:00.000Z',
      '@@ -1,2 +1,2 @@',
      '  one',
      '- two',
      '+ 2',
    ],
  ],
  [
    '/link',
    [
      'Changed from the layer below.',
      '  type   symlink',
      '  mode   0777',
      '  owner  0:0',
      `  ${time}`,
      '- target text',
      '+ target ../text',
    ],
  ],
  [
    '/hard',
    [
      'Unchanged from the layer below.',
      '  type   file',
      '  size   8 B',
      '  mode   0644',
      '  owner  0:0',
      '  mtime  1970-01-01T00:00:00.000Z',
    ],
  ],
  [
    '/new',
    ['Not there in the layer below.', '+ type   file', '+ size   1 B', '+ mode   0644', '+ owner  3000:5', `+ ${time}`],
  ],
  [
    '/gone',
    [
      'Removed: only there in the layer below.',
      '- type   file',
      '- size   1 B',
      '- mode   0644',
      '- owner  0:0',
      `- ${time}`,
    ],
  ],
  [
    '/implied',
    [
      'Changed from the layer below.',
      '  type   dir',
      '  mode   0755',
      '  owner  0:0',
      '+ mtime  1970-01-01T00:00:00.000Z',
    ],
  ],
])('%s', async (path, rows) => expect(await compared(path)).toEqual(rows));

test('/untouched', async () => expect((await compared('/untouched'))[0]).toBe('Unchanged from the layer below.'));
