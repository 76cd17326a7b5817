import type { Bindings } from './keys/bindings.ts';
import type { Size } from './layout.ts';
import type { Model } from './model/model.ts';
import type { Effect, Event } from './state/event.ts';
import { startState, type State } from './state/state.ts';
import { update } from './reducer/update.ts';

/** What a session cannot do by itself. */
export interface SessionPorts {
  /** Draws what is to be seen now. */
  readonly draw: (model: Model, state: State) => void;
  /** Does something outside the screen; what it returns is the answer. It must not throw. */
  readonly perform: (effect: Effect) => Promise<Event | null>;
  /** Runs something as soon as the input that is there has been read. */
  readonly later: (work: () => void) => void;
}

/**
 * Takes events, and draws. Events that come while a frame is drawn are all taken before the next one: a key that is held
 * down never builds a queue of frames.
 */
export class Session {
  private readonly bindings: Bindings;
  private readonly ports: SessionPorts;
  private model: Model;
  private state: State;
  /** Under way: nobody wants half a directory. */
  private readonly extractions = new Set<Promise<Event | null>>();
  private isDue = false;
  private isOver = false;

  constructor(bindings: Bindings, size: Size, model: Model, ports: SessionPorts) {
    this.bindings = bindings;
    this.ports = ports;
    this.model = model;
    this.state = startState(size);
    this.drawLater();
  }

  dispatch(event: Event): void {
    if (this.isOver) return;
    const { state, effects } = update(this.model, this.bindings, this.state, event);
    if (state !== this.state) this.drawLater();
    this.state = state;
    for (const effect of effects) void this.perform(effect);
  }

  /** There is more to look at. */
  show(model: Model): void {
    this.model = model;
    this.dispatch({ kind: 'model' });
    this.drawLater();
  }

  /** Nothing is drawn or done any more. */
  end(): void {
    this.isOver = true;
  }

  private async perform(effect: Effect): Promise<void> {
    if (effect.kind === 'quit' && this.extractions.size > 0) {
      const text = 'Quits when everything is extracted; Ctrl-C breaks it off.';
      this.dispatch({ kind: 'told', message: { text, tone: 'info' } });
      await Promise.all(this.extractions);
    }
    const work = this.ports.perform(effect);
    if (effect.kind === 'extract') this.extractions.add(work);
    const answer = await work;
    this.extractions.delete(work);
    if (answer !== null) this.dispatch(answer);
  }

  private drawLater(): void {
    if (this.isDue || this.isOver) return;
    this.isDue = true;
    this.ports.later(() => {
      this.isDue = false;
      if (!this.isOver) this.ports.draw(this.model, this.state);
    });
  }
}
