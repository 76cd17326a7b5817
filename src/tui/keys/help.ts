import { textWidth } from '../../text/width.ts';
import { wrap } from '../../text/wrap.ts';
import { type Line, span } from '../line.ts';
import { actions, type ActionRow, type KeyContext } from './actions.ts';
import { actionNames, type Bindings } from './bindings.ts';
import { keyLabel } from './key-label.ts';

/** The headings, in the order in which the groups stand. */
const headings: Readonly<Record<KeyContext, string>> = {
  everywhere: 'Everywhere',
  layers: 'Layers',
  tree: 'File tree',
  waste: 'Waste',
  dockerfile: 'Dockerfile',
  file: 'File',
};

/** Columns that a column of the help needs to read well. */
const columnWidth = 48;
const gap = 3;

/**
 * The key table of the `?` overlay, in groups with an empty line between them: in two columns where they fit, else in one.
 * @param width columns of the terminal that it may take; no line is wider, down to about 30
 */
export function helpLines(bindings: Bindings, width: number): Line[] {
  if (width < 2 * columnWidth + gap) return stacked(groups(bindings, width));
  const left = Math.floor((width - gap) / 2);
  const all = groups(bindings, left);
  const [first, second] = balanced(all);
  return Array.from({ length: Math.max(first.length, second.length) }, (_, row) => {
    const [line, beside = []] = [first[row] ?? [], second[row]];
    return beside.length === 0 ? line : [...line, span(' '.repeat(left + gap - lineWidth(line))), ...beside];
  });
}

/** What each group's lines are; one whose actions have all been taken off the keyboard is left out. */
function groups(bindings: Bindings, width: number): Line[][] {
  return (Object.keys(headings) as KeyContext[]).flatMap((context) => {
    const rows = actionNames
      .filter((action) => actions[action].context === context && bindings.keysOf(action).length > 0)
      .map((action) => ({ keys: keysText(bindings.keysOf(action)), help: actions[action].help }));
    if (rows.length === 0) return [];
    const keysWidth = Math.max(...rows.map(({ keys }) => textWidth(keys)));
    const helpWidth = Math.max(12, width - keysWidth - 4);
    return [[[span(headings[context], 'faint')], ...rows.flatMap((row) => rowLines(row, keysWidth, helpWidth))]];
  });
}

function keysText(keys: readonly string[]): string {
  return keys.map(keyLabel).join(', ');
}

function rowLines({ keys, help }: { keys: string; help: string }, keysWidth: number, helpWidth: number): Line[] {
  return wrap(help, helpWidth).map((text, at) => {
    const shown = at === 0 ? keys : '';
    return [span(`  ${shown}${' '.repeat(keysWidth - textWidth(shown))}`, 'strong'), span(`  ${text}`)];
  });
}

/** The groups one below the other. */
function stacked(all: readonly (readonly Line[])[]): Line[] {
  return all.flatMap((lines, at) => (at === 0 ? lines : [[], ...lines]));
}

/** The groups in two columns, split where the longer column is the shortest. */
function balanced(all: readonly (readonly Line[])[]): [Line[], Line[]] {
  const splits = all.map((_, at): [Line[], Line[]] => [stacked(all.slice(0, at + 1)), stacked(all.slice(at + 1))]);
  const height = ([first, second]: [Line[], Line[]]): number => Math.max(first.length, second.length);
  return splits.reduce((best, each) => (height(each) < height(best) ? each : best), [stacked(all), []]);
}

function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + textWidth(text), 0);
}

/** Actions of the footer that nobody should have to look for; the pane's own come after them, then the others. */
const firstOfAll = ['help', 'quit', 'filter'] as const;

/**
 * The keys worth knowing in a pane, most useful first, as many whole ones as fit.
 * @param width columns of the terminal
 */
export function footerLine(bindings: Bindings, context: KeyContext, width: number): Line {
  const named = actionNames.filter((action) => 'footer' in actions[action]);
  const own = named.filter((action) => actions[action].context === context);
  const others = named.filter((action) => actions[action].context === 'everywhere');
  const line: Line[number][] = [];
  let used = 0;
  for (const action of new Set([...firstOfAll, ...own, ...others])) {
    // A key that the pane has for something else is not shown for this.
    const key = bindings.keysOf(action).find((each) => bindings.actionFor(each, context) === action);
    const { footer }: ActionRow = actions[action];
    // In a pane that has another use for the key it is not this one's.
    if (key === undefined || footer === undefined || bindings.actionFor(key, context) !== action) continue;
    const label = keyLabel(key);
    const before = line.length === 0 ? '' : '  ';
    used += textWidth(`${before}${label} ${footer}`);
    if (used > width) break;
    line.push(span(before + label, 'strong'), span(` ${footer}`, 'faint'));
  }
  return line;
}
