import type { Event, Effect } from '../../src/tui/state/event.ts';
import { type Frame, makeFrame } from '../../src/tui/frame.ts';
import { bind } from '../../src/tui/keys/bindings.ts';
import type { Input } from '../../src/tui/keys/key.ts';
import type { Pane, Size } from '../../src/tui/layout.ts';
import type { Line } from '../../src/tui/line.ts';
import { finishedModel, type Model } from '../../src/tui/model/model.ts';
import { startState, type State } from '../../src/tui/state/state.ts';
import { Paths } from '../../src/tui/tree/paths.ts';
import { update } from '../../src/tui/reducer/update.ts';
import { analyzedWith, type Step } from '../report/report-of.ts';

const bindings = bind({});

/** A user at a screen: presses keys, and sees rows. */
export class Journey {
  readonly effects: Effect[] = [];
  private model: Model;
  state: State;

  constructor(model: Model, size: Size = { columns: 100, rows: 30 }) {
    this.model = model;
    this.state = startState(size);
    this.happen({ kind: 'model' });
  }

  /** Presses keys by their names, one after the other. */
  press(...names: readonly string[]): this {
    for (const name of names)
      this.input({ kind: 'key', name, text: name.length === 1 ? name : name === 'space' ? ' ' : '' });
    return this;
  }

  /** Types a text, a key a character. */
  type(text: string): this {
    return this.press(...text.split(''));
  }

  /** Clicks, or turns the wheel, at a column and row from 0. */
  point(button: 'left' | 'wheel-up' | 'wheel-down', column: number, row: number): this {
    return this.input({ kind: 'mouse', button, column, row });
  }

  input(input: Input): this {
    return this.happen({ kind: 'input', input });
  }

  happen(event: Event): this {
    const { state, effects } = update(this.model, bindings, this.state, event);
    this.state = state;
    this.effects.push(...effects);
    return this;
  }

  /** There is more to look at. */
  show(model: Model): this {
    this.model = model;
    return this.happen({ kind: 'model' });
  }

  get frame(): Frame {
    return makeFrame(this.model, bindings, this.state);
  }

  /** Rows of a pane as text, its title first, `>` before the one that the cursor is on. */
  see(pane: Pane | 'details'): string[] {
    const shown = this.frame.panes.find((each) => each.pane === pane);
    if (shown === undefined) return [];
    return [plain(shown.title), ...shown.rows.map((row, at) => `${at === shown.cursor ? '>' : ' '}${plain(row)}`)];
  }

  /** The row that the cursor is on. */
  cursor(pane: Pane): string {
    return (
      this.see(pane)
        .find((row) => row.startsWith('>'))
        ?.slice(1)
        .trim() ?? ''
    );
  }

  get header(): string {
    return plain(this.frame.header);
  }

  get footer(): string {
    return plain(this.frame.footer);
  }

  get overlay(): string[] | null {
    return this.frame.overlay?.map(plain) ?? null;
  }

  /** Panes from the top left. */
  get panes(): string[] {
    return this.frame.panes.map(({ pane, rect }) => `${pane} ${rect.width}x${rect.height}+${rect.left}+${rect.top}`);
  }
}

function plain(line: Line): string {
  return line
    .map(({ text }) => text)
    .join('')
    .trimEnd();
}

/** Everything about an image of these layers, with what its Dockerfile says. */
export function modelOf(dockerfile: string | null, ...steps: readonly Step[]): Model {
  const { image, mapping, file, union, contents, report } = analyzedWith(dockerfile, ...steps);
  return finishedModel('image.tar', { image, mapping, file }, new Paths(union, contents), report);
}
