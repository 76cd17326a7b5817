import type { Bindings } from '../keys/bindings.ts';
import type { Input } from '../keys/key.ts';
import type { Action } from '../keys/actions.ts';
import { overlayHeight, overlayLines } from '../lines/overlay-lines.ts';
import type { Model } from '../model/model.ts';
import { act } from './act.ts';
import { type Event, type Step, step } from '../state/event.ts';
import { contextOf, layerRows } from '../state/look.ts';
import { pointAt } from './mouse.ts';
import { typeInto } from './prompt.ts';
import { settle } from './settle.ts';
import { type Overlay, startLook, type State } from '../state/state.ts';

/** What happens by an event. Pure: what has to be done outside the state is in the effects. */
export function update(model: Model, bindings: Bindings, state: State, event: Event): Step {
  const { state: next, effects } = react(model, bindings, state, event);
  return { state: settle(model, next), effects };
}

function react(model: Model, bindings: Bindings, state: State, event: Event): Step {
  switch (event.kind) {
    case 'input':
      return takeInput(model, bindings, state, event.input);
    case 'resize':
      return step({ ...state, size: event.size });
    case 'model':
      return step(withValidLayer(model, state));
    case 'told':
      return step({ ...state, message: event.message });
    case 'read': {
      if (event.asked !== state.asked || state.file === null) return step(state);
      const { layer } = state.file;
      const look = { ...startLook, hex: !event.content.text };
      return step({ ...state, file: { kind: 'content', layer, content: event.content, look } });
    }
    case 'compared': {
      const { file } = state;
      if (event.asked !== state.asked || file?.kind !== 'waiting') return step(state);
      const { path, layer, ref } = file;
      return step({
        ...state,
        file: { kind: 'comparison', path, layer, ref, comparison: event.comparison, look: startLook },
      });
    }
    case 'failed':
      if (event.asked !== state.asked) return step(state);
      return step({
        ...state,
        file: null,
        ...(state.focus === 'file' ? { focus: 'tree' as const, main: 'tree' as const } : {}),
        message: { text: event.reason, tone: 'error' },
      });
  }
}

/** The layer that was chosen may have become part of the base. */
function withValidLayer(model: Model, state: State): State {
  const rows = layerRows(model, state);
  if (rows.includes(state.layer)) return state;
  return { ...state, layer: rows[0] ?? 0 };
}

function takeInput(model: Model, bindings: Bindings, state: State, input: Input): Step {
  if (input.kind === 'mouse')
    return state.prompt === null && state.overlay === null ? pointAt(model, state, input) : step(state);
  // Whatever is in front of the panes, and whatever the keys are bound to.
  if (input.kind === 'key' && input.name === 'ctrl+c') return step(state, { kind: 'interrupt' });
  if (state.prompt !== null) return typeInto(model, state, state.prompt, input);
  if (input.kind === 'paste') return step(state);
  const action = bindings.actionFor(input.name, contextOf(state.focus));
  if (state.overlay !== null) return step(inOverlay(model, bindings, state, state.overlay, action));
  // A message has been read by the time of the next key; Esc is there to take it back.
  const fresh = action === 'back' || state.message === null ? state : { ...state, message: null };
  return action === null ? step(fresh) : act(model, fresh, action);
}

/** The overlay scrolls, no further than to its end; any other key closes it. */
function inOverlay(model: Model, bindings: Bindings, state: State, overlay: Overlay, action: Action | null): State {
  const page = overlayHeight(state);
  const half = Math.ceil(page / 2);
  const by: Partial<Record<Action, number>> = {
    up: -1,
    down: 1,
    'half-page-up': -half,
    'half-page-down': half,
    'page-up': -page,
    'page-down': page,
    first: -Infinity,
    last: Infinity,
  };
  const rows = action === null ? undefined : by[action];
  if (rows === undefined) return { ...state, overlay: null };
  const last = Math.max(0, overlayLines(model, bindings, state, overlay).length - page);
  return { ...state, overlay: { ...overlay, top: Math.max(0, Math.min(overlay.top + rows, last)) } };
}
