import { type Action, actions, type KeyContext } from './actions.ts';

/** Every action, in the order of the help. */
export const actionNames = Object.keys(actions) as readonly Action[];

/** Keys that the configuration gives to actions instead of the usual ones; none at all takes an action off the keyboard. */
export type KeyOverrides = Readonly<Partial<Record<Action, readonly string[]>>>;

/** Which key does what. */
export interface Bindings {
  /** What a key means in a pane: the pane's own meaning, or the one it has everywhere; null for none. */
  actionFor(name: string, context: KeyContext): Action | null;
  /** The keys of an action, the first one first to be shown. */
  keysOf(action: Action): readonly string[];
}

/** @param overrides without conflicts: findConflict */
export function bind(overrides: KeyOverrides): Bindings {
  const meanings = new Map<string, Action>();
  for (const action of actionNames)
    for (const key of keysOf(overrides, action)) meanings.set(slot(actions[action].context, key), action);
  return {
    actionFor: (name, context) => meanings.get(slot(context, name)) ?? meanings.get(slot('everywhere', name)) ?? null,
    keysOf: (action) => keysOf(overrides, action),
  };
}

/** One key that two actions of one context would have. */
export interface KeyConflict {
  readonly key: string;
  /** The one whose keys were chosen, by an override, first. */
  readonly actions: readonly [Action, Action];
}

/** @returns the first conflict that overrides make, with one another or with the usual keys; null if there is none */
export function findConflict(overrides: KeyOverrides): KeyConflict | null {
  const owners = new Map<string, Action>();
  // Overrides last, so that the one to blame comes upon the other.
  const [usual, chosen] = [false, true].map((wanted) => actionNames.filter((each) => each in overrides === wanted));
  for (const action of [...(usual ?? []), ...(chosen ?? [])])
    for (const key of keysOf(overrides, action)) {
      const place = slot(actions[action].context, key);
      const owner = owners.get(place) ?? action;
      if (owner !== action) return { key, actions: [action, owner] };
      owners.set(place, action);
    }
  return null;
}

function keysOf(overrides: KeyOverrides, action: Action): readonly string[] {
  return overrides[action] ?? actions[action].keys;
}

function slot(context: KeyContext, key: string): string {
  return `${context} ${key}`;
}
