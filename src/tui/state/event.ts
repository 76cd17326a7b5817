import type { Filesystem } from '../../filesystem/filesystem.ts';
import type { EntryRef } from '../../filesystem/entry-ref.ts';
import type { ByteString } from '../../text/byte-string.ts';
import type { Comparison } from '../file/comparison.ts';
import type { FileContent } from '../file/content.ts';
import type { Input } from '../keys/key.ts';
import type { Size } from '../layout.ts';
import type { Message, State } from './state.ts';

/** What happens to a screen. */
export type Event =
  | { readonly kind: 'input'; readonly input: Input }
  | { readonly kind: 'resize'; readonly size: Size }
  /** There is more to look at than before. */
  | { readonly kind: 'model' }
  | { readonly kind: 'told'; readonly message: Message }
  /** Answers; `asked` is the number of the question. */
  | { readonly kind: 'read'; readonly asked: number; readonly content: FileContent }
  | { readonly kind: 'compared'; readonly asked: number; readonly comparison: Comparison }
  | { readonly kind: 'failed'; readonly asked: number; readonly reason: string };

/** A path as some layer left it. */
export interface PlacedNode {
  readonly filesystem: Filesystem;
  readonly node: number;
}

/** What the program has to do outside the screen; it answers with events. */
export type Effect =
  | { readonly kind: 'read'; readonly asked: number; readonly path: ByteString; readonly ref: EntryRef }
  /** What a path is in a layer, and what it was below. */
  | {
      readonly kind: 'compare';
      readonly asked: number;
      readonly below: Filesystem;
      readonly here: Filesystem;
      readonly node: number;
    }
  | { readonly kind: 'extract'; readonly what: PlacedNode; readonly directory: string }
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  | { readonly kind: 'copy-content'; readonly path: ByteString; readonly ref: EntryRef }
  | { readonly kind: 'write-report'; readonly file: string }
  | { readonly kind: 'redraw' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'quit' }
  /** Ctrl-C: quits whatever is in front, and as something that was broken off. */
  | { readonly kind: 'interrupt' };

/** A state, and what is to be done beside it. */
export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export function step(state: State, ...effects: readonly Effect[]): Step {
  return { state, effects };
}

/** Says something in the footer. */
export function told(state: State, text: string, tone: Message['tone'] = 'info'): Step {
  return step({ ...state, message: { text, tone } });
}
