import { describe, expect, test } from 'vitest';
import { bind } from '../../src/tui/keys/bindings.ts';
import { Session } from '../../src/tui/session.ts';
import type { Effect, Event } from '../../src/tui/state/event.ts';
import type { State } from '../../src/tui/state/state.ts';
import { sampleModel } from './sample.ts';

const size = { columns: 100, rows: 30 };

/** A session whose frames are drawn, and whose effects are answered, when the test says so. */
function start(): {
  session: Session;
  press: (...names: readonly string[]) => void;
  draw: () => void;
  frames: State[];
  effects: { effect: Effect; answer: (event: Event | null) => void }[];
} {
  const due: (() => void)[] = [];
  const frames: State[] = [];
  const effects: { effect: Effect; answer: (event: Event | null) => void }[] = [];
  const session = new Session(bind({}), size, sampleModel(), {
    draw: (_, state) => void frames.push(state),
    later: (work) => void due.push(work),
    perform: (effect) => new Promise((resolve) => void effects.push({ effect, answer: resolve })),
  });
  return {
    session,
    press: (...names) => {
      for (const name of names)
        session.dispatch({ kind: 'input', input: { kind: 'key', name, text: name.length === 1 ? name : '' } });
    },
    draw: () => due.splice(0).forEach((work) => work()),
    frames,
    effects,
  };
}

const answered = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('a session', () => {
  test('draws once for all keys that came since the last frame', () => {
    const { press, draw, frames } = start();
    draw();
    press('2', ...Array.from({ length: 300 }, () => 'j'), 'g', 'j');
    draw();
    draw();
    expect(frames).toHaveLength(2);
    press('j');
    draw();
    expect(frames).toHaveLength(3);
  });

  test('draws nothing for a key that changes nothing', () => {
    const { press, draw, frames } = start();
    press('2', 'g');
    draw();
    press('up', 'up', 'f12');
    draw();
    expect(frames).toHaveLength(1);
  });

  test('takes answers as events', async () => {
    const { press, draw, frames, effects } = start();
    press('y', '2', 'y');
    effects[0]?.answer({ kind: 'told', message: { text: 'Copied.', tone: 'info' } });
    await answered();
    draw();
    expect(frames.at(-1)?.message?.text).toBe('Copied.');
  });

  test('is over after its end: no frame, no effect', () => {
    const { session, press, draw, frames, effects } = start();
    session.end();
    press('j', 'q');
    draw();
    expect([frames, effects]).toEqual([[], []]);
  });

  test('quits when what it extracts is there, and says so', async () => {
    const { press, draw, frames, effects } = start();
    press('2', 'e', 'enter', 'q');
    await answered();
    draw();
    expect(effects.map(({ effect }) => effect.kind)).toEqual(['extract']);
    expect(frames.at(-1)?.message?.text).toBe('Quits when everything is extracted; Ctrl-C breaks it off.');
    effects[0]?.answer(null);
    await answered();
    expect(effects.map(({ effect }) => effect.kind)).toEqual(['extract', 'quit']);
  });

  test('is broken off at once', async () => {
    const { press, effects } = start();
    press('2', 'e', 'enter', 'ctrl+c');
    await answered();
    expect(effects.map(({ effect }) => effect.kind)).toEqual(['extract', 'interrupt']);
  });
});
