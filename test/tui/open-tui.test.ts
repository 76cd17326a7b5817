import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { bind } from '../../src/tui/keys/bindings.ts';
import type { Input } from '../../src/tui/keys/key.ts';
import { openingModel } from '../../src/tui/model/model.ts';
import { openTui, type Tui } from '../../src/tui/open-tui.tsx';
import type { Screen } from '../../src/tui/screen.ts';
import { chooseTheme, type Theme } from '../../src/tui/theme.ts';
import { FakeDisplay } from './fake-terminal.ts';

const plain = chooseTheme('mono', {}, false);

/** A UI on a screen that only keeps whom it would tell. */
function open(theme: Theme): { tui: Tui; type: (...names: readonly string[]) => void; close: () => void } {
  const told = new EventEmitter();
  const display = new FakeDisplay();
  const listen = (what: string) => (listener: (heard: never) => void) => {
    told.on(what, listener as (heard: unknown) => void);
    return () => {};
  };
  const screen: Screen = {
    size: () => ({ columns: display.columns, rows: display.rows }),
    onInput: listen('input'),
    onResize: listen('resize'),
    onClose: listen('close'),
    clear: () => {},
    suspend: () => {},
    copy: () => true,
    restore: () => {},
  };
  const tui = openTui({
    screen,
    output: display as unknown as NodeJS.WriteStream,
    bindings: bind({}),
    theme,
    model: openingModel('image.tar', { what: 'opening', done: 0, total: null }),
    perform: async () => null,
  });
  const keys = (names: readonly string[]): Input[] => names.map((name) => ({ kind: 'key', name, text: '' }));
  return { tui, type: (...names) => told.emit('input', keys(names)), close: () => told.emit('close') };
}

test('q, Ctrl-C and a terminal that is gone end the UI', async () => {
  for (const [act, how] of [
    [(ui: ReturnType<typeof open>) => ui.type('q'), 'quit'],
    [(ui: ReturnType<typeof open>) => ui.type('/', 'ctrl+c', 'q'), 'interrupt'],
    [(ui: ReturnType<typeof open>) => ui.close(), 'quit'],
  ] as const) {
    const ui = open(plain);
    act(ui);
    expect(await ui.tui.done).toBe(how);
    ui.tui.close();
  }
});

test('an error while a frame is made ends the UI with it', async () => {
  const { tui } = open(plain);
  // Fails whoever looks at it.
  const model = openingModel('image.tar', { what: 'opening', done: 0, total: null });
  tui.show({
    ...model,
    get reference(): string {
      throw new Error('no frame');
    },
  });
  await expect(tui.done).rejects.toThrow('no frame');
  tui.close();
});

test('an error while a frame is painted ends the UI with it', async () => {
  const broken: Theme = {
    ...plain,
    get strong(): string {
      throw new Error('no paint');
    },
  };
  const { tui } = open(broken);
  await expect(tui.done).rejects.toThrow('no paint');
  tui.close();
});
