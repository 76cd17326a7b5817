import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nothingIgnored } from '../../../src/analysis/ignored-content.ts';
import { pathColumns, wastedBelow } from '../../../src/analysis/path-columns.ts';
import { type FileTree, root } from '../../../src/filesystem/file-tree.ts';
import { ChildOrder, type Sorting } from '../../../src/tui/tree/child-order.ts';
import { TreeRows } from '../../../src/tui/tree/tree-rows.ts';
import { stack } from '../../stack-layers.ts';
import { dir, file, layer } from '../../write-layer.ts';

const byName: Sorting = { key: 'name', descending: false };

interface Laid {
  readonly tree: FileTree;
  readonly order: ChildOrder;
  readonly included: Uint8Array;
}

function lay(tar: Buffer, sorting: Sorting = byName): Laid {
  const { union, contents } = stack(tar);
  const columns = pathColumns(union, contents, { kind: 'filesystem', layer: 0, since: -1 });
  const { tree } = union;
  return {
    tree,
    order: new ChildOrder(tree, columns, wastedBelow(union, nothingIgnored), sorting),
    included: columns.shown,
  };
}

function openAll({ tree }: Laid): Uint8Array {
  return new Uint8Array(tree.nodeCount).fill(1);
}

function nodeOf({ tree }: Laid, path: string): number {
  for (let node = 0; node < tree.nodeCount; node++) if (tree.path(node) === path) return node;
  throw new Error(path);
}

const sample = layer({
  'b/y': file('22'),
  'b/x': file('333'),
  a: dir(),
  'c/d/e': file('1'),
  z: file('4444'),
});

const paths = (laid: Laid, rows: TreeRows, top = 0, height = 100): string[] =>
  rows.window(top, height).map(({ node, depth }) => `${' '.repeat(depth)}${laid.tree.path(node)}`);

describe('rows of a tree', () => {
  test('show the children of the root where nothing is open', () => {
    const laid = lay(sample);
    const rows = new TreeRows(laid.tree, laid.order, laid.included, new Uint8Array(laid.tree.nodeCount));
    expect(rows.count).toBe(4);
    expect(paths(laid, rows)).toEqual(['/a', '/b', '/c', '/z']);
  });

  test('show what is open, at its depth', () => {
    const laid = lay(sample);
    const rows = new TreeRows(laid.tree, laid.order, laid.included, openAll(laid));
    expect(paths(laid, rows)).toEqual(['/a', '/b', ' /b/x', ' /b/y', '/c', ' /c/d', '  /c/d/e', '/z']);
    expect(paths(laid, rows, 3, 3)).toEqual([' /b/y', '/c', ' /c/d']);
    expect(paths(laid, rows, 7, 3)).toEqual(['/z']);
    expect(paths(laid, rows, 8, 3)).toEqual([]);
  });

  test('sort by bytes below, the largest first', () => {
    const laid = lay(sample, { key: 'size', descending: true });
    const rows = new TreeRows(laid.tree, laid.order, laid.included, openAll(laid));
    expect(paths(laid, rows)).toEqual(['/b', ' /b/x', ' /b/y', '/z', '/c', ' /c/d', '  /c/d/e', '/a']);
  });

  test('give the row of a node, or of the closed directory that hides it', () => {
    const laid = lay(sample);
    const open = openAll(laid);
    open[nodeOf(laid, '/c')] = 0;
    const rows = new TreeRows(laid.tree, laid.order, laid.included, open);
    expect(rows.rowOf(nodeOf(laid, '/b/y'))).toBe(3);
    expect(rows.rowOf(nodeOf(laid, '/c/d/e'))).toBe(4);
    expect(rows.rowOf(root)).toBe(0);
  });

  test('are those of a plain walk, whatever is open or left out', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('/'));
    fc.assert(
      fc.property(
        fc.uniqueArray(path, { minLength: 1, maxLength: 30 }),
        fc.infiniteStream(fc.boolean()),
        (names, flips) => {
          const laid = lay(layer(Object.fromEntries(names.map((name) => [`${name}/file`, file('x')]))));
          const { tree } = laid;
          const flip = (): number => (flips.next().value === true ? 1 : 0);
          const open = Uint8Array.from({ length: tree.nodeCount }, flip);
          const included = Uint8Array.from({ length: tree.nodeCount }, flip);
          for (let node = tree.nodeCount - 1; node > root; node--)
            if (included[node] === 1) included[tree.parent(node)] = 1;
          const walked: { node: number; depth: number }[] = [];
          const walk = (directory: number, depth: number): void => {
            for (const node of tree.list(directory)) {
              if (included[node] === 0) continue;
              walked.push({ node, depth });
              if (open[node] === 1) walk(node, depth + 1);
            }
          };
          walk(root, 0);
          const rows = new TreeRows(tree, laid.order, included, open);
          expect(rows.count).toBe(walked.length);
          expect(rows.window(0, walked.length + 1)).toEqual(walked);
          for (const [row, { node }] of walked.entries()) {
            expect(rows.rowOf(node)).toBe(row);
            expect(rows.window(row, 2)).toEqual(walked.slice(row, row + 2));
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
