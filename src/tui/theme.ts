import { cutToWidth } from '../text/table.ts';
import { textWidth } from '../text/width.ts';
import type { Line, Role, Span } from './line.ts';

/** What has looks besides the roles of text. */
export type Style =
  | Role
  /** The cursor's row in the pane that has the keys, and in the other panes. */
  | 'selected'
  | 'selectedInactive'
  /** Titles of panes. */
  | 'title'
  | 'titleActive'
  /** The line at the foot of the screen, when it tells something. */
  | 'message'
  | 'error';

/** SGR parameters by style, such as `1;31`; '' for the terminal's own looks. */
export type Theme = Readonly<Record<Style, string>>;

export const themeNames = ['auto', 'dark', 'light', 'mono'] as const;
export type ThemeName = (typeof themeNames)[number];

/** Bold, underlined, inverse and dim only. */
const mono: Theme = {
  plain: '',
  faint: '2',
  strong: '1',
  bar: '',
  added: '1',
  modified: '',
  removed: '2',
  waste: '1',
  lit: '4',
  match: '1;4',
  selected: '7',
  selectedInactive: '4',
  title: '',
  titleActive: '1;7',
  message: '1',
  error: '1;7',
};

/** For backgrounds that nobody tells of: no yellow, which white swallows, and no blue, which black does. */
const either: Theme = {
  ...mono,
  bar: '36',
  added: '32',
  modified: '35',
  removed: '31',
  waste: '1;31',
  lit: '1;35',
  match: '1;4;31',
  selectedInactive: '97;100',
  title: '2',
  message: '32',
  error: '1;31',
};

const dark: Theme = { ...either, modified: '33', lit: '1;96', match: '1;4;93', error: '1;91', waste: '1;91' };

const light: Theme = { ...either, bar: '34', lit: '1;34', match: '1;4;35', selectedInactive: '30;47' };

/**
 * The theme of a name. The 16 basic colours only: they follow the terminal's palette.
 * @param colors whether the output takes colours; without them every name means `mono`
 */
export function chooseTheme(
  name: ThemeName,
  env: Readonly<Record<string, string | undefined>>,
  colors: boolean,
): Theme {
  if (!colors) return mono;
  switch (name) {
    case 'auto':
      return automatic(env['COLORFGBG']);
    case 'dark':
      return dark;
    case 'light':
      return light;
    case 'mono':
      return mono;
  }
}

/** @param told `foreground;background` or `foreground;other;background`, as rxvt, Konsole and iTerm2 tell it */
function automatic(told: string | undefined): Theme {
  const background = /;(\d{1,2})$/.exec(told ?? '')?.[1];
  if (background === undefined) return either;
  const color = Number(background);
  return color < 7 || color === 8 ? dark : light;
}

/** Which highlight a row has. */
export type RowLook = 'plain' | 'selected' | 'selected-inactive';

const reset = '\u001b[0m';

/**
 * One row as the terminal gets it: cut with an ellipsis where it is too long, and with nothing left switched on at its
 * end. A highlighted row is as wide as asked, so that the highlight spans it; others have no padding.
 * @param line texts fit for a terminal
 * @param width columns of the terminal, not negative
 */
export function paintLine(theme: Theme, line: Line, width: number, row: RowLook): string {
  const [spans, used] = fit(line, width);
  if (row === 'plain') {
    let painted = '';
    for (const { text, role } of spans) painted += paint(theme[role], text);
    return painted;
  }
  const base = row === 'selected' ? theme.selected : theme.selectedInactive;
  let painted = '';
  for (const { text, role } of spans) painted += paint(join(base, attributes(theme[role])), text);
  return painted + paint(base, ' '.repeat(width - used));
}

function paint(codes: string, text: string): string {
  return codes === '' || text === '' ? text : `\u001b[${codes}m${text}${reset}`;
}

/** What a role keeps on a highlighted row: bold and underlined, for its colour may not be legible there. */
function attributes(codes: string): string {
  return codes
    .split(';')
    .filter((code) => code === '1' || code === '4')
    .join(';');
}

function join(base: string, added: string): string {
  return added === '' ? base : `${base};${added}`;
}

/** The spans that fit, the last one cut if need be, and the columns that they take. */
function fit(line: Line, width: number): [readonly Span[], number] {
  // A name can be a megabyte: measure no more of it than fits, as cutToWidth does.
  const longest = width * 8 + 8;
  const widths = line.map(({ text }) => (text.length > longest ? longest : textWidth(text)));
  const total = widths.reduce((sum, one) => sum + one, 0);
  if (total <= width) return [line, total];
  const fitting: Span[] = [];
  let used = 0;
  for (const [at, { text, role }] of line.entries()) {
    const own = widths[at] ?? 0;
    // The last column is kept for the ellipsis: more follows than fits.
    if (used + own < width) {
      fitting.push({ text, role });
      used += own;
      continue;
    }
    // One that would just fit has to make room as well.
    const cut = width > used ? cutToWidth(`${text}…`, width - used) : '';
    fitting.push({ text: cut, role });
    return [fitting, used + textWidth(cut)];
  }
  return [fitting, used];
}
