import { describe, expect, test } from 'vitest';
import stringWidth from 'string-width';
import { makeFrame } from '../../../src/tui/frame.ts';
import { bind } from '../../../src/tui/keys/bindings.ts';
import { chooseTheme, paintLine } from '../../../src/tui/theme.ts';
import { file, layer, symlink, whiteout } from '../../write-layer.ts';
import { Journey, modelOf } from '../journey.ts';

const clear = '\u001b[2J';
const names = [
  `evil${clear}\u001b]0;title\u0007.txt`,
  'line\nbreak\r\ttab',
  'bidi\u202egpj.exe',
  '漢字漢字漢字漢字',
  'e\u0301clair',
  '👩‍👩‍👧‍👦 family',
  'bad\udcff bytes',
  'x'.repeat(4000),
  ' leading and trailing ',
];

const model = modelOf(
  `FROM scratch\nRUN ${clear}echo\nRUN rm *\n`,
  {
    tar: layer({ ...Object.fromEntries(names.map((name, at) => [name, file(at + 1)])), link: symlink(`to${clear}`) }),
    createdBy: `RUN /bin/sh -c ${clear}echo # buildkit`,
  },
  {
    tar: layer(Object.fromEntries(names.slice(0, 7).map((name) => [`.wh.${name}`, whiteout]))),
    createdBy: 'RUN /bin/sh -c rm * # buildkit',
  },
);

// oxlint-disable-next-line no-control-regex -- control characters are what must not be there
const controls = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const screens = [
  { keys: ['1'] },
  { keys: ['2'] },
  { keys: ['2', 'W'] },
  { keys: ['2', 'L'] },
  { keys: ['2', 'v', 'tab'] },
  { keys: ['3'] },
  { keys: ['3', 'space'] },
  { keys: ['3', 'enter'] },
  { keys: ['4'] },
  { keys: ['2', 'e'] },
  { keys: ['?'] },
];

describe.each([
  [80, 24],
  [120, 40],
  [200, 60],
  [40, 10],
])('names from strangers on %s x %s', (columns, rows) => {
  test.each(screens)('after $keys', ({ keys }) => {
    const user = new Journey(model, { columns, rows });
    user.press(...keys);
    for (const frame of [user.frame, user.press('down').frame]) {
      const theme = chooseTheme('dark', {}, true);
      const all = [
        ...frame.panes.flatMap(({ title, rows: lines, rect }) =>
          [title, ...lines].map((line) => ({ line, width: rect.width })),
        ),
        ...[frame.header, frame.footer, ...(frame.overlay ?? [])].map((line) => ({ line, width: columns })),
      ];
      for (const { line, width } of all) {
        for (const { text } of line) expect(text).not.toMatch(controls);
        expect(stringWidth(paintLine(theme, line, width, 'plain'))).toBeLessThanOrEqual(width);
        expect(stringWidth(paintLine(theme, line, width, 'selected'))).toBe(width);
      }
      for (const { rect, rows: lines } of frame.panes) expect(lines.length).toBeLessThanOrEqual(rect.height - 1);
    }
  });
});

test('say what they are, visibly', () => {
  const user = new Journey(model, { columns: 100, rows: 30 }).press('2', 'W', 'n');
  const rows = user.see('tree').join('\n');
  expect(rows).toContain('evil\\e[2J\\e]0;title\\x07.txt');
  expect(rows).toContain('line\\nbreak\\r\\ttab');
  expect(rows).toContain('bidi\\u202egpj.exe');
  expect(makeFrame(model, bind({}), user.state).panes).toHaveLength(3);
});
