import { expect, test } from 'vitest';
import { copyLimit, textToCopy } from '../../../src/commands/effects/copy-content.ts';
import { dir, file, layer } from '../../write-layer.ts';
import { loadLayers, nodeOf } from '../loaded-image.ts';
import { scratchFolder } from '../scratch-folder.ts';

const folder = scratchFolder();
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const loaded = await loadLayers(
  folder,
  layer({
    text: file('é\r\n\u001b[2J'),
    utf16: file(utf16('é漢')),
    empty: file(''),
    most: file(copyLimit),
    'too large': file(copyLimit + 1),
    'too large in UTF-8': file(utf16('漢'.repeat(30_000))),
    bytes: file(Buffer.from([0, 1])),
    dir: dir(),
  }),
);

function copied(path: string): Promise<string> {
  const ref = loaded.union.tree.inode(nodeOf(loaded, path));
  if (ref === null) throw new Error(path);
  return textToCopy(loaded, path, ref);
}

test('text comes as it is', async () => {
  expect(await copied('/text')).toBe('é\r\n\u001b[2J');
  expect(await copied('/utf16')).toBe('é漢');
  expect(await copied('/empty')).toBe('');
  expect(await copied('/most')).toBe('x'.repeat(74_000));
});

test.each([
  ['/too large', '/too large: has 74001 bytes, more than the 74000 that go to a clipboard. Extract it instead.'],
  [
    '/too large in UTF-8',
    '/too large in UTF-8: has 90000 bytes, more than the 74000 that go to a clipboard. Extract it instead.',
  ],
  ['/bytes', '/bytes: is no text, which is all that goes to a clipboard. Extract it instead.'],
  ['/dir', '/dir: is a dir, not a regular file.'],
])('not so %s', async (path, says) => {
  await expect(copied(path)).rejects.toThrow(says);
});
