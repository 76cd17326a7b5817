import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actions } from '../../../src/tui/keys/actions.ts';
import { actionNames, bind, findConflict } from '../../../src/tui/keys/bindings.ts';
import { bindable, refusal } from '../../../src/tui/keys/key-name.ts';
import { InputParser } from '../../../src/tui/keys/parse-input.ts';

describe('the usual keys', () => {
  const bindings = bind({});

  test.each([
    ['j', 'tree', 'down'],
    ['down', 'file', 'down'],
    ['space', 'tree', 'fold'],
    ['space', 'layers', 'fold-base'],
    ['space', 'waste', 'waste-group'],
    ['space', 'dockerfile', null],
    ['d', 'tree', 'compare'],
    ['d', 'file', 'compare-file'],
    ['d', 'layers', null],
    ['/', 'layers', 'filter'],
    ['/', 'file', 'search'],
    ['s', 'everywhere', null],
    ['ctrl+c', 'everywhere', null],
    ['G', 'everywhere', 'last'],
    ['g', 'everywhere', 'first'],
  ] as const)('%s in %s is %s', (key, context, action) => {
    expect(bindings.actionFor(key, context)).toBe(action);
  });

  test('can all be bound, and do not conflict', () => {
    for (const action of actionNames) for (const key of actions[action].keys) expect(refusal(key)).toBeNull();
    expect(findConflict({})).toBeNull();
  });

  test('of an action are told in their order', () => {
    expect(bindings.keysOf('up')).toEqual(['up', 'k']);
  });
});

describe('overrides', () => {
  test('take the place of the usual keys', () => {
    const bindings = bind({ extract: ['E', 'ctrl+f'], quit: [] });
    expect(bindings.actionFor('E', 'tree')).toBe('extract');
    expect(bindings.actionFor('ctrl+f', 'tree')).toBe('extract');
    expect(bindings.actionFor('ctrl+f', 'layers')).toBe('page-down');
    expect(bindings.actionFor('e', 'tree')).toBeNull();
    expect(bindings.actionFor('q', 'tree')).toBeNull();
    expect(bindings.keysOf('quit')).toEqual([]);
  });

  test.each([
    [{ filter: ['f'] }, { key: 'f', actions: ['filter', 'view-final'] }],
    [{ up: ['j'] }, { key: 'j', actions: ['up', 'down'] }],
    [{ down: ['k'] }, { key: 'k', actions: ['down', 'up'] }],
    [
      { up: ['x'], down: ['x'] },
      { key: 'x', actions: ['down', 'up'] },
    ],
    [{ up: ['x', 'x'] }, null],
    [{ up: ['s'] }, null],
    [{ filter: ['f'], 'view-final': ['/'] }, null],
    [{ filter: ['f'], 'view-final': [] }, null],
  ] as const)('%j have the conflict %j', (overrides, conflict) => {
    expect(findConflict(overrides)).toEqual(conflict);
  });
});

describe('names of keys', () => {
  test.each(['a', 'G', '+', '#', 'ä', '🐋', 'f1', 'f12', 'ctrl+u', 'ctrl+]', 'ctrl+alt+a', 'alt++', 'alt+A', 'space'])(
    '%s can be bound',
    (name) => {
      expect(refusal(name)).toBeNull();
    },
  );

  test.each(['shift+tab', 'ctrl+alt+shift+right', 'shift+enter', 'ctrl+pageup'])('%s can be bound', (name) => {
    expect(refusal(name)).toBeNull();
  });

  test.each([
    ['ctrl+c', 'ctrl+c is reserved, it always quits'],
    ['ctrl+i', 'ctrl+i is reserved, it is tab to a terminal'],
    ['ctrl+h', 'ctrl+h is reserved, it is backspace to a terminal'],
    ['shift+a', 'shift+a is no key; write A'],
    ['ctrl+U', 'ctrl+U is no key; write ctrl+u'],
  ])('%s cannot: %s', (name, reason) => {
    expect(refusal(name)).toBe(reason);
  });

  test.each(['', ' ', 'ab', 'pgup', 'f13', 'ctrl+1', 'ctrl+', 'shift+ctrl+up', 'Ctrl+u', '\u001b', '\u202e'])(
    '%j cannot be bound',
    (name) => {
      expect(refusal(name)).toBe(
        `${JSON.stringify(name)} is no key; keys are written like g, G, space, ctrl+u, shift+tab, pageup, f5`,
      );
    },
  );

  test('are those that the parser gives', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0x7e }), (code) => {
        const names = new InputParser()
          .push(String.fromCharCode(code))
          .map((input) => input.kind === 'key' && input.name);
        for (const name of names) expect(name === 'ctrl+c' || bindable.test(String(name))).toBe(true);
      }),
    );
  });
});
