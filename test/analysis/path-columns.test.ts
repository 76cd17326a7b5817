import { describe, expect, test } from 'vitest';
import { nothingIgnored } from '../../src/analysis/ignored-content.ts';
import {
  changeKinds,
  type PathColumns,
  pathColumns,
  type TreeSubject,
  wastedBelow,
} from '../../src/analysis/path-columns.ts';
import { encodeText } from '../../src/text/byte-string.ts';
import { stack, type Stacked } from '../stack-layers.ts';
import { dir, file, hardLink, layer, symlink, whiteout } from '../write-layer.ts';

/** `path -> bytes/files`, with the change's name, `*` where something below changed, in the order of nodes. */
function told({ union }: Stacked, columns: PathColumns): Record<string, string> {
  const words: Record<string, string> = {};
  for (let node = 0; node < union.tree.nodeCount; node++) {
    if (columns.shown[node] === 0) continue;
    const kind = changeKinds[columns.change[node] ?? 0];
    const below = columns.changedBelow[node] === 1 ? ' *' : '';
    words[union.tree.path(node)] =
      `${columns.bytes[node]}/${columns.files[node]}${kind === null ? '' : ` ${kind}`}${below}`;
  }
  return words;
}

const tell = (stacked: Stacked, subject: TreeSubject): Record<string, string> =>
  told(stacked, pathColumns(stacked.union, stacked.contents, subject));

const changes = (at: number): TreeSubject => ({ kind: 'changes', layer: at });
const filesystem = (at: number, since = at - 1): TreeSubject => ({ kind: 'filesystem', layer: at, since });

describe('path columns', () => {
  const stacked = stack(
    layer({ etc: dir(), 'etc/a': file('aaa'), 'etc/b': file('bb'), 'usr/bin/x': file('xxxx'), link: symlink('etc/a') }),
    layer({
      'etc/a': file('AAA'),
      'etc/.wh.b': whiteout,
      'usr/bin/x': file('xxxx', { mode: 0o755 }),
      'new/n': file('n'),
    }),
  );

  test('show what a layer changed, with what it removed', () => {
    expect(tell(stacked, changes(1))).toEqual({
      '/': '10/4 *',
      '/etc': '5/2 *',
      '/etc/a': '3/1 modified',
      '/etc/b': '2/1 removed',
      '/usr': '4/1 *',
      '/usr/bin': '4/1 *',
      '/usr/bin/x': '4/1 metadataOnly',
      '/new': '1/1 added *',
      '/new/n': '1/1 added',
    });
  });

  test('show everything in the first layer as added', () => {
    expect(tell(stacked, changes(0))['/etc/a']).toBe('3/1 added');
  });

  test('show the filesystem after a layer, and what that layer changed of it', () => {
    expect(tell(stacked, filesystem(1))).toEqual({
      '/': '8/4 *',
      '/etc': '3/1 *',
      '/etc/a': '3/1 modified',
      '/usr': '4/1 *',
      '/usr/bin': '4/1 *',
      '/usr/bin/x': '4/1 metadataOnly',
      '/link': '0/1',
      '/new': '1/1 added *',
      '/new/n': '1/1 added',
    });
    expect(tell(stacked, filesystem(0))).toEqual({
      '/': '9/4',
      '/etc': '5/2',
      '/etc/a': '3/1',
      '/etc/b': '2/1',
      '/usr': '4/1',
      '/usr/bin': '4/1',
      '/usr/bin/x': '4/1',
      '/link': '0/1',
    });
  });

  test('compare with any earlier layer by what is left of the changes since', () => {
    const back = stack(
      layer({ a: file('one'), b: file('two') }),
      layer({ a: file('xxx'), c: file('gone') }),
      layer({ a: file('one'), '.wh.c': whiteout, d: file('four') }),
    );
    expect(tell(back, filesystem(2, 0))).toEqual({
      '/': '10/3 *',
      '/a': '3/1 identical',
      '/b': '3/1',
      '/d': '4/1 added',
    });
  });

  test('tell no changes while content is unknown', () => {
    const columns = pathColumns(stacked.union, null, filesystem(1));
    expect([...columns.change].every((change) => change === 0)).toBe(true);
  });

  test('count content with several names once, and none of a lower layer as held by a layer that links to it', () => {
    const linked = stack(layer({ a: file('12345'), b: hardLink('a') }), layer({ c: hardLink('a') }));
    expect(tell(linked, filesystem(0))).toEqual({ '/': '5/2', '/a': '5/1', '/b': '0/1' });
    expect(tell(linked, changes(1))).toEqual({ '/': '0/1 *', '/c': '0/1 added' });
  });

  test('take a directory over a file, and its end, for what they are', () => {
    const replaced = stack(layer({ p: file('1'), 'd/x': file('22') }), layer({ 'p/in': file('333'), d: file('4444') }));
    expect(tell(replaced, changes(1))).toEqual({
      '/': '9/3 *',
      '/p': '3/1 modified *',
      '/d': '6/2 modified *',
      '/d/x': '2/1 removed',
      '/p/in': '3/1 added',
    });
  });

  test('notice a directory whose metadata alone changed', () => {
    const touched = stack(
      layer({ d: dir(), 'd/x': file('1') }),
      layer({ d: dir({ mode: 0o700 }) }),
      layer({ d: dir({ mode: 0o700 }) }),
    );
    expect(tell(touched, changes(1))).toEqual({ '/': '0/0 *', '/d': '0/0 metadataOnly' });
    expect(tell(touched, changes(2))).toEqual({});
  });
});

test('wasted bytes are summed up from every path to the root', () => {
  const { union } = stack(
    layer({ 'a/b/x': file('12345'), 'a/y': file('12'), ä: file('1') }),
    layer({ 'a/.wh.b': whiteout, 'a/y': file('other') }),
    layer({ 'a/y': file('third!') }),
  );
  const wasted = wastedBelow(union, nothingIgnored);
  const found = Object.fromEntries([...wasted].map((bytes, node) => [union.tree.path(node), bytes]));
  expect(found).toEqual({ '/': 12, '/a': 12, '/a/b': 5, '/a/b/x': 5, '/a/y': 7, [encodeText('/ä')]: 0 });
});
