import { expect, test } from 'vitest';
import { type State, statusOf } from './status-of.ts';

/** As measured with docker 28.5: the last step, a RUN, after something else has changed. */
function lastStatus(before: State, after: State): string | undefined {
  return statusOf(before, after).at(-1);
}

test.each<[string, string, string]>([
  ['spaces around it', 'RUN make', 'RUN   make  '],
  ['a comment', 'RUN make', '# why\nRUN make'],
  ['where its lines are cut', 'RUN a && b', 'RUN a && \\\n# c\nb'],
  ['exec form of the same shell', 'RUN echo hi', 'RUN ["/bin/sh","-c","echo hi"]'],
  ['ENV in its old form', 'ENV A 1\nRUN make', 'ENV A=1\nRUN make'],
  ['quotes in ENV', 'ENV A="1"\nRUN make', "ENV A='1'\nRUN make"],
  ['a variable set twice', 'ENV A=1 B=2 A=1\nRUN make', 'ENV B=2 A=1\nRUN make'],
  ['an ARG declared twice', 'ARG A=1\nRUN make', 'ARG A=1\nARG A=1\nRUN make'],
  ['a default that is the value', 'ARG A=1\nRUN make', 'ENV A=1\nRUN make'],
  ['LABEL, CMD and the like', 'RUN make', 'LABEL a=b\nEXPOSE 1\nCMD x\nVOLUME /v\nRUN make'],
  ['another end of a here-document', 'RUN <<A\nx\nA', 'RUN <<B\nx\nB'],
  ['a here-document and its text', 'RUN <<A\nx\ny\nA', 'RUN ["/bin/sh","-c","x\\ny\\n"]'],
  ['the network it has anyway', 'RUN make', 'RUN --network=default make'],
  ['a SHELL that is the same', 'RUN make', 'SHELL ["/bin/sh","-c"]\nRUN make'],
  ["a cache mount's own name", 'RUN --mount=type=cache,target=/c,id=a x', 'RUN --mount=type=cache,target=/c,id=b x'],
  [
    "a cache mount's other sharing",
    'RUN --mount=type=cache,target=/c,sharing=private x',
    'RUN --mount=type=cache,target=/c,sharing=locked x',
  ],
  ['the name a cache mount has anyway', 'RUN --mount=type=cache,target=/c x', 'RUN --mount=type=cache,dst=/c,id=/c x'],
  [
    'the order of mounts',
    'RUN --mount=type=tmpfs,target=/a --mount=type=cache,target=/b x',
    'RUN --mount=type=cache,target=/b --mount=type=tmpfs,target=/a x',
  ],
])('RUN stays cached with %s', (_, before, after) => {
  expect(lastStatus([before], [after])).toBe('RUN cached');
});

test.each<[string, string, string]>([
  ['another command', 'RUN a', 'RUN b'],
  ['spaces within', 'RUN a  b', 'RUN a b'],
  ['a variable it does not use', 'RUN a', 'ENV B=1\nRUN a'],
  ['another order of variables', 'ENV A=1 B=2\nRUN a', 'ENV B=2 A=1\nRUN a'],
  ['an argument it does not use', 'RUN a', 'ARG B=1\nRUN a'],
  ['another directory', 'WORKDIR /a\nRUN a', 'WORKDIR /a/\nRUN a'],
  ['another user', 'USER a\nRUN a', 'USER b\nRUN a'],
  ['another shell', 'RUN a', 'SHELL ["/bin/bash","-c"]\nRUN a'],
  ['exec form', 'RUN a b', 'RUN ["a","b"]'],
  ['another network', 'RUN a', 'RUN --network=none a'],
  ['another text of a here-document', 'RUN <<A\nx\nA', 'RUN <<A\ny\nA'],
  ['another end of one among words', 'RUN cat <<A\nx\nA', 'RUN cat <<B\nx\nB'],
  ['another program in one', 'RUN <<A\n#!/bin/x\n1\nA', 'RUN <<A\n#!/bin/x\n2\nA'],
  ['a mount', 'RUN a', 'RUN --mount=type=tmpfs,target=/t a'],
  ['a name for a cache mount', 'RUN --mount=type=cache,target=/c x', 'RUN --mount=type=cache,target=/c,id=b x'],
  [
    'sharing for a cache mount',
    'RUN --mount=type=cache,target=/c x',
    'RUN --mount=type=cache,target=/c,sharing=locked x',
  ],
  [
    'another order of secrets',
    'RUN --mount=type=secret,id=a --mount=type=secret,id=b x',
    'RUN --mount=type=secret,id=b --mount=type=secret,id=a x',
  ],
  ['another secret', 'RUN --mount=type=secret,id=a x', 'RUN --mount=type=secret,id=b x'],
])('RUN re-runs with %s', (_, before, after) => {
  expect(lastStatus([before], [after])).toBe('RUN rerun');
});

test.each<[string, string, string, string]>([
  ['an ARG that is declared', 'ARG A\nRUN a', 'A', 'rerun'],
  ['an ARG that is not', 'RUN a', 'A', 'cached'],
  ['an ARG declared behind it', 'RUN a\nARG A', 'A', 'cached'],
  ['an ARG that ENV sets anew', 'ARG A\nENV A=3\nRUN a', 'A', 'cached'],
  ['an ARG behind ENV', 'ENV A=3\nARG A\nRUN a', 'A', 'rerun'],
  ['a proxy', 'RUN a', 'HTTP_PROXY', 'cached'],
  ['a proxy that is declared', 'ARG HTTP_PROXY\nRUN a', 'HTTP_PROXY', 'rerun'],
  ['a scanner', 'ARG BUILDKIT_SBOM_SCAN_STAGE\nRUN a', 'BUILDKIT_SBOM_SCAN_STAGE', 'cached'],
  ['the time of the sources', 'RUN a', 'SOURCE_DATE_EPOCH', 'cached'],
  ['the time of the sources, behind WORKDIR', 'WORKDIR /a\nRUN a', 'SOURCE_DATE_EPOCH', 'rerun'],
  ['the place of cache mounts', 'RUN --mount=type=cache,target=/c a', 'BUILDKIT_CACHE_MOUNT_NS', 'rerun'],
  ['the platform', 'ARG TARGETARCH\nRUN a', 'TARGETARCH', 'rerun'],
])('another value of %s', (_, dockerfile, name, expected) => {
  const statuses = statusOf([dockerfile, { args: { [name]: '1' } }], [dockerfile, { args: { [name]: '2' } }]);
  expect(statuses.find((status) => status.startsWith('RUN'))).toBe(`RUN ${expected}`);
});

test('a bind mount counts by content, wherever it is from', () => {
  const run = (source: string): string => `RUN --mount=type=bind,source=${source},target=/in make`;
  const files = { 'a/x': '1', 'b/x': '1', other: '1' };
  expect(lastStatus([run('a'), { files }], [run('b'), { files }])).toBe('RUN cached');
  expect(lastStatus([run('a'), { files }], [run('a'), { files: { ...files, other: '2' } }])).toBe('RUN cached');
  expect(lastStatus([run('a'), { files }], [run('a'), { files: { ...files, 'a/x': '2' } }])).toBe('RUN rerun');
  expect(lastStatus([run(''), { files }], [run(''), { files: { ...files, other: '2' } }])).toBe('RUN rerun');
});
