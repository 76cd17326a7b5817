import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nothingIgnored } from '../../../src/analysis/ignored-content.ts';
import { pathColumns, wastedBelow } from '../../../src/analysis/path-columns.ts';
import { decodeBytes } from '../../../src/text/byte-string.ts';
import { createFilter } from '../../../src/tui/tree/filter.ts';
import { filterPaths } from '../../../src/tui/tree/tree-filter.ts';
import { stack } from '../../stack-layers.ts';
import { file, layer, whiteout } from '../../write-layer.ts';

const tar = layer({
  'usr/lib/libssl.so.3': file('1'),
  'usr/lib/python/x.pyc': file('2'),
  'usr/lib/python/README': file('3'),
  'usr/share/doc/ssl/copyright': file('4'),
  'opt/usr/lib/readme': file('5'),
  'etc/Ärger': file('6'),
  'etc/a[1].conf': file('7'),
  'etc/a.b': file('8'),
  'etc/axb': file('9'),
});

/** The paths that fit by themselves, and all that would have a row. */
function filtered(pattern: string): { hits: string[]; rows: string[] } {
  const { union, contents } = stack(tar);
  const columns = pathColumns(union, contents, { kind: 'filesystem', layer: 0, since: -1 });
  const wanted = { hideUnchanged: false, onlyWaste: false, filter: createFilter(pattern) };
  const { included, hits, hitCount } = filterPaths(
    union.tree,
    columns,
    wastedBelow(union, nothingIgnored),
    wanted,
    null,
  );
  const marked = (column: Uint8Array | null): string[] =>
    [...(column ?? [])]
      .flatMap((mark, node) => (mark === 1 && node > 0 ? [decodeBytes(union.tree.path(node))] : []))
      .sort();
  expect(hitCount).toBe(marked(hits).length);
  return { hits: marked(hits), rows: marked(included) };
}

describe('a filter', () => {
  test('takes part of a name, shows what is below it and the way there', () => {
    expect(filtered('ssl')).toEqual({
      hits: ['/usr/lib/libssl.so.3', '/usr/share/doc/ssl'],
      rows: [
        '/usr',
        '/usr/lib',
        '/usr/lib/libssl.so.3',
        '/usr/share',
        '/usr/share/doc',
        '/usr/share/doc/ssl',
        '/usr/share/doc/ssl/copyright',
      ],
    });
  });

  test.each([
    ['readme', ['/opt/usr/lib/readme', '/usr/lib/python/README']],
    ['README', ['/usr/lib/python/README']],
    ['Readme', []],
    ['lib/py', ['/usr/lib/python']],
    ['r/lib/lib', ['/usr/lib/libssl.so.3']],
    ['/usr/lib/r', ['/opt/usr/lib/readme']],
    ['lib/', ['/opt/usr/lib', '/usr/lib']],
    ['a.b', ['/etc/a.b']],
    ['*.pyc', ['/usr/lib/python/x.pyc']],
    ['*.py', []],
    ['/usr/lib/*', ['/usr/lib/libssl.so.3', '/usr/lib/python']],
    ['usr/lib/*', ['/opt/usr/lib/readme', '/usr/lib/libssl.so.3', '/usr/lib/python']],
    ['/usr/**/copyright', ['/usr/share/doc/ssl/copyright']],
    ['/usr/**', ['/usr']],
    ['**/lib/readme', ['/opt/usr/lib/readme']],
    ['a?b', ['/etc/a.b', '/etc/axb']],
    ['a[x.]b', ['/etc/a.b', '/etc/axb']],
    ['a[!x]b', ['/etc/a.b']],
    ['a[w-y]b', ['/etc/axb']],
    ['a[z-a]b', []],
    ['a[[]1*', ['/etc/a[1].conf']],
    ['Ä', ['/etc/Ärger']],
    ['ä', []],
    ['(', []],
    ['\\', []],
  ])('%s fits %j', (pattern, hits) => {
    expect(filtered(pattern).hits).toEqual(hits);
  });

  test('knows when another one is only narrower', () => {
    expect(createFilter('li').narrows('lib')).toBe(true);
    expect(createFilter('li').narrows('lib/')).toBe(false);
    expect(createFilter('li').narrows('l')).toBe(false);
    expect(createFilter('l*').narrows('l*b')).toBe(false);
    expect(createFilter('l').narrows('l*')).toBe(false);
  });
});

describe('other wishes', () => {
  const { union, contents } = stack(
    layer({ 'a/kept': file('1'), 'a/gone': file('22'), 'b/old': file('333') }),
    layer({ 'a/.wh.gone': whiteout, 'b/new': file('4444') }),
  );
  const columns = pathColumns(union, contents, { kind: 'filesystem', layer: 1, since: 0 });
  const rows = (wanted: { hideUnchanged: boolean; onlyWaste: boolean }): string[] => {
    const { included } = filterPaths(
      union.tree,
      columns,
      wastedBelow(union, nothingIgnored),
      { ...wanted, filter: null },
      null,
    );
    return [...included].flatMap((mark, node) => (mark === 1 ? [union.tree.path(node)] : []));
  };

  test('hide what is unchanged', () => {
    expect(rows({ hideUnchanged: true, onlyWaste: false })).toEqual(['/', '/b', '/b/new']);
  });

  test('show wasted paths, though they are gone', () => {
    expect(rows({ hideUnchanged: false, onlyWaste: true })).toEqual(['/', '/a', '/a/gone']);
  });
});

test('a pattern fits the paths that a naive look at whole paths finds', () => {
  const names = fc.constantFrom('a', 'b', 'ab', 'ba', 'aB', 'abb');
  const path = fc.array(names, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const pattern = fc
    .array(fc.constantFrom('a', 'b', 'B', '/', '*', '**/'), { maxLength: 6 })
    .map((signs) => signs.join(''));
  fc.assert(
    fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 12 }), pattern, (paths, text) => {
      const { tree } = stack(layer(Object.fromEntries(paths.map((each) => [`${each}/f`, file('1')])))).union;
      const { fits } = createFilter(text);
      for (let node = 1; node < tree.nodeCount; node++)
        expect([tree.path(node), fits(tree, node)]).toEqual([tree.path(node), naive(tree.path(node), text)]);
    }),
    { numRuns: 500 },
  );
});

/** The same by expressions over the whole path. */
function naive(path: string, pattern: string): boolean {
  const flags = /[A-Z]/.test(pattern) ? '' : 'i';
  if (!pattern.includes('*')) {
    const tail = pattern.endsWith('/') ? '$' : '[^/]*$';
    return new RegExp(`${pattern.replace(/\/$/, '')}${tail}`, flags).test(path);
  }
  const glob = pattern.replace(/(?:\/\*\*)+\/?$/, '');
  const source = (text: string): string =>
    text.replaceAll(/\*\*\/|\*+/g, (stars) => ({ '**/': '(?:[^/]*/)*', '**': '.*' })[stars] ?? '[^/]*');
  const anchor = glob.startsWith('/') ? '^' : '(?:^|/)';
  const slash = glob.lastIndexOf('/');
  const whole = slash === -1 || new RegExp(`${anchor}${source(glob)}$`, flags).test(path);
  return whole && new RegExp(`^${source(glob.slice(slash + 1))}$`, flags).test(path.slice(path.lastIndexOf('/') + 1));
}
