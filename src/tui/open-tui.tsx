import { type Instance, render } from 'ink';
import type { ReactElement } from 'react';
import { makeFrame } from './frame.ts';
import type { Bindings } from './keys/bindings.ts';
import type { Model } from './model/model.ts';
import type { Screen } from './screen.ts';
import { Session } from './session.ts';
import type { Effect, Event } from './state/event.ts';
import type { Message } from './state/state.ts';
import type { Theme } from './theme.ts';
import { ScreenView } from './views/screen-view.tsx';

export interface TuiOptions {
  /** Entered already. */
  readonly screen: Screen;
  /** Where frames go: the screen's own terminal. */
  readonly output: NodeJS.WriteStream;
  readonly bindings: Bindings;
  readonly theme: Theme;
  readonly model: Model;
  /** Does what needs the image or the disk. @throws LayerscopeError whose message is shown */
  readonly perform: (effect: Effect) => Promise<Event | null>;
}

/** A terminal UI that runs. */
export interface Tui {
  /** There is more to look at. */
  readonly show: (model: Model) => void;
  /** Fulfilled when the user is done, with how; rejected by an error of the UI itself. */
  readonly done: Promise<'quit' | 'interrupt'>;
  /** Puts a text on the clipboard, and says so. */
  readonly copy: (text: string, what: string) => Event;
  /** Stops drawing. The screen is still to be restored. */
  readonly close: () => void;
}

/** Opens the UI on a screen. */
export function openTui({ screen, output, bindings, theme, model, perform }: TuiOptions): Tui {
  const { promise, resolve, reject } = withResolvers<'quit' | 'interrupt'>();
  const view = (shown: Model, state: Parameters<typeof makeFrame>[2]): ReactElement => (
    <ScreenView frame={makeFrame(shown, bindings, state)} theme={theme} />
  );
  const mount = (): Instance => {
    // Frames are held together by the session: Ink need not wait for more.
    const mounted = render(<></>, { stdout: output, exitOnCtrlC: false, patchConsole: false, maxFps: 1000 });
    // What a component throws ends up there.
    mounted.waitUntilExit().catch(fail);
    return mounted;
  };
  let isStopped = false;
  const redraw = (): void => {
    // Ink writes no frame that is like the one before, even where that has been cleared away: a new one has none before.
    ink.unmount();
    screen.clear();
    ink = mount();
  };
  const copy = (text: string, what: string): Event => ({ kind: 'told', message: copyMessage(screen.copy(text), what) });
  const fail = (error: unknown): void => {
    session.end();
    reject(error);
  };
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      fail(error);
    }
  };
  let ink = mount();
  const session = new Session(bindings, screen.size(), model, {
    draw: (shown, state) => {
      // A frame that was due when the program was stopped would go to the shell's screen.
      if (!isStopped) guarded(() => ink.rerender(view(shown, state)));
    },
    later: (work) => void setImmediate(work),
    perform: async (effect) => {
      switch (effect.kind) {
        case 'quit':
        case 'interrupt':
          session.end();
          resolve(effect.kind);
          return null;
        case 'redraw':
          redraw();
          return { kind: 'resize', size: screen.size() };
        case 'suspend':
          isStopped = true;
          screen.suspend();
          return null;
        case 'copy':
          return copy(effect.text, effect.what);
        default:
          return perform(effect);
      }
    },
  });
  screen.onInput((inputs) => guarded(() => inputs.forEach((input) => session.dispatch({ kind: 'input', input }))));
  screen.onResize((size) => {
    isStopped = false;
    redraw();
    guarded(() => session.dispatch({ kind: 'resize', size }));
  });
  screen.onClose(() => {
    session.end();
    resolve('quit');
  });
  return {
    show: (shown) => guarded(() => session.show(shown)),
    done: promise,
    copy,
    close: () => {
      session.end();
      ink.unmount();
    },
  };
}

/** Terminals do not say whether they took it. */
function copyMessage(isSent: boolean, what: string): Message {
  return isSent
    ? { text: `Sent ${what} to the terminal's clipboard.`, tone: 'info' }
    : { text: `There is more of ${what} than a clipboard takes.`, tone: 'error' };
}

/** As `Promise.withResolvers`, which Node 20 does not have. */
function withResolvers<Value>(): {
  promise: Promise<Value>;
  resolve: (value: Value) => void;
  reject: (error: unknown) => void;
} {
  let resolve = (_value: Value): void => {};
  let reject = (_error: unknown): void => {};
  const promise = new Promise<Value>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
