import { expect, test } from 'vitest';
import { reportWith } from '../report/report-of.ts';
import { file, layer, whiteout } from '../write-layer.ts';

const steps = [
  { tar: layer({ base: file(10) }), createdBy: '/bin/sh -c #(nop) ADD file:0123456789abcdef0123456789abcdef in / ' },
  { tar: layer({ big: file(9000) }), createdBy: '/bin/sh -c make big' },
  { tar: layer({ '.wh.big': whiteout }), createdBy: '/bin/sh -c rm /big' },
];

const found = (dockerfile: string): (string | null)[] =>
  reportWith(dockerfile, ...steps).findings.map(({ rule, location }) => location && `${rule} ${location.startLine}`);

test('a finding stands on the line that wrote the bytes', () => {
  expect(found('FROM base\nRUN make big\nRUN rm /big\n')).toEqual(['deleted-later 2']);
});

test('a comment with the name of the rule silences its line, another name does not', () => {
  const dockerfile = (name: string): string =>
    `FROM base\n# layerscope ignore=${name} it is small\nRUN make big\nRUN rm /big\n`;
  expect(found(dockerfile('deleted-later'))).toEqual([]);
  expect(found(dockerfile('package-cache,deleted-later'))).toEqual([]);
  expect(found(dockerfile('package-cache'))).toEqual(['deleted-later 3']);
});

test('a comment on another line silences nothing', () => {
  expect(found('FROM base\nRUN make big\n# layerscope ignore=deleted-later x\nRUN rm /big\n')).toEqual([
    'deleted-later 2',
  ]);
});
