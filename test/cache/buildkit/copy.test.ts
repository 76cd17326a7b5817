import { describe, expect, test } from 'vitest';
import { buildkitModel } from '../../../src/cache/buildkit/buildkit-model.ts';
import type { ContextNode } from '../../../src/context/context-tree.ts';
import { withChanges } from '../../../src/context/context-tree.ts';
import { contextOf } from '../../context/context-of.ts';
import { inputs, type State, statusOf } from './status-of.ts';

const files = {
  'a.txt': '1',
  'b.txt': '1',
  'dir/x': 'x',
  'dir/y': 'y',
  'other/x': 'x',
  'other/y': 'y',
  link: '-> dir/x',
};

/** A COPY, from a context that is as above but for some files. */
function state(dockerfile: string, changed: Readonly<Record<string, string>> = {}): State {
  return [dockerfile, { files: { ...files, ...changed } }];
}

test.each<[string, string, string]>([
  ['another directory of the same content', 'COPY dir/x /d', 'COPY other/x /d'],
  ['a slash before a source', 'COPY dir /d', 'COPY /../dir/ /d'],
  ['a destination written another way', 'WORKDIR /a\nCOPY dir b/', 'WORKDIR /a\nCOPY dir /a/./b/'],
  ['WORKDIR with a slash at its end', 'WORKDIR /a\nCOPY dir b', 'WORKDIR /a/\nCOPY dir b'],
  ["an owner by root's name", 'COPY --chown=0:0 dir /d', 'COPY --chown=root:root dir /d'],
  ['permissions with a zero before them', 'COPY --chmod=755 dir /d', 'COPY --chmod=0755 dir /d'],
  ['ENV and ARG', 'COPY dir /d', 'ENV A=1\nARG B=2\nUSER x\nCOPY dir /d'],
  ['a variable that says the same', 'COPY dir /d', 'ARG D=dir\nCOPY ${D} /d'],
  ['exec form', 'COPY dir /d', 'COPY ["dir","/d"]'],
  ['--link taken back', 'COPY dir /d', 'COPY --link=false dir /d'],
  ['the directory before a pattern', 'COPY dir/* /d/', 'COPY other/* /d/'],
])('COPY stays cached with %s', (_, before, after) => {
  expect(statusOf(state(before), state(after)).at(-1)).toBe('COPY cached');
});

test.each<[string, string, string]>([
  ['another name of the same content', 'COPY a.txt /d/', 'COPY b.txt /d/'],
  ['another pattern that fits the same', 'COPY *.txt /d/', 'COPY *.tx? /d/'],
  ['another order of sources', 'COPY a.txt b.txt /d/', 'COPY b.txt a.txt /d/'],
  ['another destination', 'COPY dir /d', 'COPY dir /d/'],
  ['an owner', 'COPY dir /d', 'COPY --chown=1 dir /d'],
  ['permissions', 'COPY dir /d', 'COPY --chmod=755 dir /d'],
  ['a pattern to leave out that fits nothing', 'COPY dir /d', 'COPY --exclude=z dir /d'],
  ['all directories kept', 'COPY dir/x /d/', 'COPY --parents dir/x /d/'],
  ['another name of a here-document', 'COPY <<A /d\n1\nA', 'COPY <<B /d\n1\nB'],
  ['another text in a here-document', 'COPY <<A /d\n1\nA', 'COPY <<A /d\n2\nA'],
  ['another value in a here-document', 'ARG V=1\nCOPY <<A /d\n$V\nA', 'ARG V=2\nCOPY <<A /d\n$V\nA'],
])('COPY re-runs with %s', (_, before, after) => {
  expect(statusOf(state(before), state(after)).at(-1)).toBe('COPY rerun');
});

describe('content', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['COPY dir /d', { 'dir/x': '2' }, 'rerun'],
    ['COPY dir /d', { 'dir/z': '2' }, 'rerun'],
    ['COPY dir /d', { 'other/x': '2' }, 'cached'],
    ['COPY . /d', { 'other/x': '2' }, 'rerun'],
    ['COPY link /d', { 'dir/x': '2' }, 'rerun'],
    ['COPY link /d', { link: '-> other/x' }, 'cached'],
    ['COPY l* /d/', { link: '-> other/x' }, 'cached'],
    ['COPY l* /d/', { 'dir/x': '2' }, 'rerun'],
    ['COPY *.txt /d/', { 'c.txt': '' }, 'rerun'],
    ['COPY *.txt /d/', { 'c.md': '' }, 'cached'],
    ['COPY */x /d/', { 'dir/y': '2' }, 'cached'],
    ['COPY --exclude=x dir /d', { 'dir/x': '2' }, 'cached'],
    ['COPY --exclude=x dir /d', { 'dir/y': '2' }, 'rerun'],
    // Measured: what a source names itself is hashed even where a pattern leaves it out.
    ['COPY --exclude=*.txt a.txt dir /d/', { 'a.txt': '2' }, 'rerun'],
    ['COPY --parents dir/x /d/', { 'dir/y': '2' }, 'cached'],
    ['COPY --parents dir/x /d/', { 'dir/x': '2' }, 'rerun'],
    ['COPY --parents **/x /d/', { 'other/x': '2' }, 'rerun'],
    ['COPY --parents **/x /d/', { 'other/y': '2' }, 'cached'],
    ['COPY --parents --exclude=other **/x /d/', { 'other/x': '2' }, 'cached'],
    ['COPY --parents dir/./x /d/', { 'dir/x': '2' }, 'rerun'],
    ['COPY --parents dir/./x /d/', { 'dir/y': '2' }, 'cached'],
  ])('%s with %j: %s', (dockerfile, changed, expected) => {
    expect(statusOf(state(dockerfile), state(dockerfile, changed)).at(-1)).toBe(`COPY ${expected}`);
  });

  test.each<[string, string, ContextNode, string]>([
    ['a file', 'dir/x', { kind: 'file', mode: 0o664, content: 'x' }, 'rerun'],
    [
      'a directory',
      'dir',
      { kind: 'directory', mode: 0o700, children: contextOf({ x: 'x', y: 'y' }).children },
      'rerun',
    ],
  ])('the mode of %s counts', (_, path, node, expected) => {
    const before = contextOf(files);
    const after = withChanges(before, [{ path, node }]);
    expect(statusOf(['COPY dir /d', { context: before }], ['COPY dir /d', { context: after }])).toEqual([
      `COPY ${expected}`,
    ]);
  });

  test("the context's own mode does not", () => {
    const before = contextOf(files);
    const after = { ...before, mode: 0o700 };
    expect(statusOf(['COPY . /d', { context: before }], ['COPY . /d', { context: after }])).toEqual(['COPY cached']);
  });

  test('is told in parts, with what was selected', () => {
    const [, copy] = buildkitModel.keySteps(inputs(state('COPY --chown=me l* ./dir/x /d/')));
    expect(copy?.parts.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'option chown',
      'content l*',
      'content ./dir/x',
      'destination ',
    ]);
    expect(copy?.parts.flatMap(({ selected }) => selected.map(({ path }) => path))).toEqual(['dir/x', 'dir/x']);
  });
});

describe('--link', () => {
  test('stays cached whatever is before it; what follows does not', () => {
    const before = state('RUN a\nCOPY --link dir /d\nRUN b');
    expect(statusOf(before, state('RUN c\nCOPY --link dir /d\nRUN b'))).toEqual([
      'RUN rerun',
      'COPY cached',
      'RUN rerun',
    ]);
    expect(statusOf(before, state('RUN a\nCOPY --link dir /d\nRUN b', { 'dir/x': '2' }))).toEqual([
      'RUN cached',
      'COPY rerun',
      'RUN rerun',
    ]);
  });

  test('is lost with --chmod', () => {
    const dockerfile = (first: string): State => state(`RUN ${first}\nCOPY --link --chmod=755 dir /d`);
    expect(statusOf(dockerfile('a'), dockerfile('b'))).toEqual(['RUN rerun', 'COPY rerun']);
  });

  test('makes a step with several parents, nearest first', () => {
    const steps = buildkitModel.keySteps(inputs(state('RUN a\nCOPY --link dir /1\nCOPY --link dir /2\nRUN b\nRUN c')));
    expect(steps.map(({ parents }) => parents)).toEqual([[], [0], [], [], [3, 2, 1], [4]]);
  });
});

test('ADD is no COPY, and a URL counts as it is written', () => {
  expect(statusOf(state('COPY dir /d'), state('ADD dir /d'))).toEqual(['ADD rerun']);
  expect(statusOf(state('ADD https://a/b /d'), state('ADD https://a/b /d'))).toEqual(['ADD cached']);
  expect(statusOf(state('ADD https://a/b /d'), state('ADD https://a/c /d'))).toEqual(['ADD rerun']);
});
