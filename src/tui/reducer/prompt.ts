import type { Input } from '../keys/key.ts';
import type { Model } from '../model/model.ts';
import { extractTo } from './act-path.ts';
import { reveal, treePlace, withTree } from '../state/tree-place.ts';
import { type Step, step } from '../state/event.ts';
import { withLook } from '../state/file-look.ts';
import { search } from './act-search.ts';
import { treePane, treeView } from '../state/look.ts';
import { paneList } from '../state/pane-list.ts';
import type { Prompt, State } from '../state/state.ts';

/** Longer than any name that somebody types, in characters. */
const longest = 500;

/** What a key does while a line is typed into. The cursor of the tree keeps moving meanwhile. */
export function typeInto(model: Model, state: State, prompt: Prompt, input: Exclude<Input, { kind: 'mouse' }>): Step {
  if (input.kind === 'paste') return step(edited(model, state, prompt, prompt.text + firstLine(input.text)));
  switch (input.name) {
    case 'enter':
      return accept(model, { ...state, prompt: null }, prompt);
    case 'escape':
      return step({ ...(isLive(prompt) ? edited(model, state, prompt, '') : state), prompt: null });
    case 'backspace':
      if (prompt.text === '') return step({ ...state, prompt: null });
      return step(edited(model, state, prompt, prompt.text.replace(/.$/su, '')));
    case 'ctrl+u':
      return step(edited(model, state, prompt, ''));
    case 'ctrl+w':
      return step(edited(model, state, prompt, prompt.text.replace(/[^\s/]*[\s/]*$/, '')));
    case 'up':
    case 'down':
    case 'pageup':
    case 'pagedown':
      return step(moved(model, state, input.name));
    default:
      return step(input.text === '' ? state : edited(model, state, prompt, prompt.text + input.text));
  }
}

/** Filters and searches act with every letter. */
function isLive({ kind }: Prompt): boolean {
  return kind === 'filter' || kind === 'search';
}

function edited(model: Model, state: State, prompt: Prompt, text: string): State {
  const next = { ...state, prompt: { ...prompt, text: text.slice(0, longest) } };
  if (prompt.kind === 'filter') return withPattern(model, next, next.prompt.text);
  return prompt.kind === 'search' ? search(model, next, next.prompt.text) : next;
}

/** Filters the tree, and puts the cursor on the first path that fits unless it is on one. */
export function withPattern(model: Model, state: State, pattern: string): State {
  const { tree } = state;
  if (pattern === tree.pattern) return state;
  const unfilteredFlipped = tree.pattern === '' ? tree.flipped : tree.unfilteredFlipped;
  const flipped = pattern === '' ? unfilteredFlipped : new Set<number>();
  const filtered = withTree(state, { pattern, flipped, unfilteredFlipped });
  const view = treeView(model, filtered, treePane(filtered));
  // What was found stays in sight when the filter goes.
  if (pattern === '' && view !== null && model.paths !== null)
    return reveal(model.paths, view, filtered, treePlace(model, state)?.node ?? tree.node);
  const hits = view?.filtered.hits ?? null;
  if (view === null || hits === null || hits[tree.node] === 1) return filtered;
  // Every row before the first that fits leads to it, so it is no further down than paths are deep.
  const first = view.rows.window(0, 256).find(({ node }) => hits[node] === 1);
  return first === undefined ? filtered : withTree(filtered, { node: first.node });
}

function moved(model: Model, state: State, key: 'up' | 'down' | 'pageup' | 'pagedown'): State {
  if (state.prompt?.kind !== 'filter') return state;
  const list = paneList(model, state, treePane(state));
  const by = { up: -1, down: 1, pageup: -list.height, pagedown: list.height }[key];
  return list.count === 0 ? state : list.select(Math.max(0, Math.min(list.row + by, list.count - 1)));
}

function accept(model: Model, state: State, { kind, text }: Prompt): Step {
  switch (kind) {
    case 'filter':
      return step(state);
    case 'search':
      return step(text === '' ? withLook(state, { match: null }) : state);
    case 'extract':
      return text.trim() === '' ? step(state) : extractTo(model, state, text.trim());
    case 'report':
      return text.trim() === '' ? step(state) : step(state, { kind: 'write-report', file: text.trim() });
  }
}

function firstLine(text: string): string {
  return text.split(/[\r\n]/, 1)[0] ?? '';
}
