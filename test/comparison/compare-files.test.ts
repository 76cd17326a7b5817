import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareFiles } from '../../src/comparison/compare-files.ts';
import type { FileChanges } from '../../src/comparison/comparison.ts';
import { root } from '../../src/filesystem/file-tree.ts';
import { nodesBelow } from '../../src/filesystem/find-path.ts';
import type { Union } from '../../src/filesystem/union.ts';
import { dir, file, hardLink, type Item, layer, symlink, whiteout } from '../write-layer.ts';
import { stack } from '../stack-layers.ts';

const unionOf = (...tars: readonly Buffer[]): Union => stack(...tars).union;
const compare = (old: Union, now: Union): FileChanges =>
  compareFiles({ union: old, lineOf: (at) => at + 1 }, { union: now, lineOf: (at) => (at === 0 ? null : at + 10) });
const brief = ({ entries }: FileChanges): string[] =>
  entries.map(({ kind, path, oldBytes, newBytes }) => `${kind} ${path} ${oldBytes} ${newBytes}`);

describe('files of two images', () => {
  test('what is added, removed, grown and shrunk, the largest change first, with its layer and line', () => {
    const old = unionOf(layer({ 'a/keep': file(5), 'a/gone': file(7), 'b/less': file(30) }), layer({ grow: file(1) }));
    const now = unionOf(
      layer({ 'a/keep': file(5), 'b/less': file(10) }),
      layer({ grow: file(100), 'c/new': file(20) }),
    );
    expect(compare(old, now)).toEqual({
      added: { files: 1, bytes: 20 },
      removed: { files: 1, bytes: -7 },
      grown: { files: 1, bytes: 99 },
      shrunk: { files: 1, bytes: -20 },
      entries: [
        { kind: 'grown', path: '/grow', oldBytes: 1, newBytes: 100, change: 99, layer: 1, line: 11 },
        { kind: 'shrunk', path: '/b/less', oldBytes: 30, newBytes: 10, change: -20, layer: 0, line: null },
        { kind: 'added', path: '/c/new', oldBytes: null, newBytes: 20, change: 20, layer: 1, line: 11 },
        { kind: 'removed', path: '/a/gone', oldBytes: 7, newBytes: null, change: -7, layer: 0, line: 1 },
      ],
    });
  });

  test('only what is shown counts: not what a later layer deleted or wrote over', () => {
    const old = unionOf(layer({ a: file(10), b: file(10) }), layer({ '.wh.a': whiteout, b: file(3) }));
    expect(brief(compare(old, unionOf(layer({ b: file(3) }))))).toEqual([]);
  });

  test('a directory is no entry, but what is below it is', () => {
    const old = unionOf(layer({ d: dir(), 'd/x': file(1), 'd/e': dir(), e: dir() }));
    const now = unionOf(layer({ d: file(4), f: dir() }));
    expect(brief(compare(old, now))).toEqual(['added /d null 4', 'removed /d/x 1 null']);
  });

  test('a link in place of a file is the same path, without the bytes; an empty file counts as a file', () => {
    const old = unionOf(layer({ python: file(50), empty: file(0) }));
    const now = unionOf(layer({ python: symlink('python3'), link: symlink('x') }));
    expect(brief(compare(old, now))).toEqual(['shrunk /python 50 0', 'removed /empty 0 null', 'added /link null 0']);
  });

  test('the content of a hard link counts once, at a name that both images have', () => {
    const linked = unionOf(layer({ a: file(9), b: hardLink('a') }));
    const alone = unionOf(layer({ b: file(9) }));
    const copies = unionOf(layer({ a: file(9), b: file(9) }));
    expect(brief(compare(linked, alone))).toEqual(['removed /a 0 null']);
    expect(brief(compare(alone, linked))).toEqual(['added /a null 0']);
    expect(brief(compare(linked, copies))).toEqual(['grown /b 0 9']);
    expect(brief(compare(linked, unionOf(layer({}))))).toEqual(['removed /a 9 null', 'removed /b 0 null']);
  });

  test('names are compared as bytes, and those that are no text keep theirs', () => {
    const bytes = Buffer.from([0x66, 0xff, 0xfe]).toString('latin1');
    const name = Buffer.from(bytes, 'latin1');
    const tar = layer({ nname: file(3) });
    name.copy(tar, 0);
    tar.fill(0, name.length, 100);
    let sum = 0;
    tar.fill(' ', 148, 156);
    for (const byte of tar.subarray(0, 512)) sum += byte;
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const [entry] = compare(unionOf(layer({})), unionOf(tar)).entries;
    expect(entry).toMatchObject({
      path: '/f\ufffd\ufffd',
      pathBase64: Buffer.from(`/${bytes}`, 'latin1').toString('base64'),
    });
  });

  test('any depth is walked', () => {
    const deep = `${'d/'.repeat(3000)}file`;
    expect(compare(unionOf(layer({})), unionOf(layer({ [deep]: file(1) }))).added).toEqual({ files: 1, bytes: 1 });
  });

  const names = fc.constantFrom('a', 'b', 'a/x', 'a/y', 'b/x', 'a-', 'a/x/z', 'c');
  const items: fc.Arbitrary<Item> = fc.oneof(
    fc.nat({ max: 20 }).map((size) => file(size)),
    fc.constantFrom(dir(), symlink('a'), hardLink('a'), hardLink('b/x'), hardLink('c')),
  );
  const tars = fc
    .array(fc.array(fc.tuple(names, items), { maxLength: 8 }), { maxLength: 3 })
    .map((layers) => layers.map((one) => layer(one)));

  /** Bytes and files that are shown, counted another way: by the union's own account of what has a name. */
  function shown({ tree, layers, links }: Union): { bytes: number; files: number } {
    let [bytes, files] = [0, 0];
    for (const [at, view] of layers.entries())
      for (let entry = 0; entry < view.index.count; entry++)
        if (links.isVisible({ layer: at, entry })) bytes += view.size(entry);
    for (const node of nodesBelow(tree, root)) if (!tree.isDir(node)) files++;
    return { bytes, files };
  }

  test('law: the changes add up to the change of what is shown', () => {
    fc.assert(
      fc.property(tars, tars, (one, other) => {
        const [old, now] = [unionOf(...one), unionOf(...other)];
        const { entries, added, removed, grown, shrunk } = compare(old, now);
        const change = shown(now).bytes - shown(old).bytes;
        expect(entries.reduce((sum, entry) => sum + entry.change, 0)).toBe(change);
        expect(added.bytes + removed.bytes + grown.bytes + shrunk.bytes).toBe(change);
        expect(added.files - removed.files).toBe(shown(now).files - shown(old).files);
        expect(compare(old, old).entries).toEqual([]);
      }),
    );
  });
});
