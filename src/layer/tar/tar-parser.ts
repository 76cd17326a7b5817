import { problem } from '../../errors.ts';
import { blockSize, padded } from './block.ts';
import { EntryDecoder, type Step } from './entry-decoder.ts';
import type { TarEntry } from './tar-entry.ts';

/** What a tar that passes by consists of. Pieces are views of the chunks pushed. */
export type TarEvent =
  | { readonly kind: 'entry'; readonly entry: TarEntry; readonly offset: number }
  | { readonly kind: 'content'; readonly piece: Buffer }
  | { readonly kind: 'end' };

type State =
  | { readonly kind: 'block'; readonly sparse: boolean }
  | { readonly kind: 'extension'; readonly content: Buffer; filled: number }
  | { readonly kind: 'content'; remaining: number; readonly padding: number }
  | { readonly kind: 'skip'; remaining: number }
  | { readonly kind: 'closed' };

/**
 * Reads a tar in chunks of any size as it passes by, holding on to no more than one header: the counterpart of
 * `walkExtent` for what cannot be seeked in.
 */
export class TarParser {
  readonly decoder: EntryDecoder;
  private readonly what: string;
  private readonly partial = Buffer.alloc(blockSize);
  private partialLength = 0;
  private state: State = { kind: 'block', sparse: false };
  private position = 0;

  /** @param what names the tar in errors */
  constructor(what: string) {
    this.what = what;
    this.decoder = new EntryDecoder(what);
  }

  /** Bytes of the tar seen so far. */
  get tarBytes(): number {
    return this.position;
  }

  /** Whether the two zero blocks passed that close an archive. */
  get closed(): boolean {
    return this.state.kind === 'closed';
  }

  /** Takes the next chunk and gives the events in it. @throws LayerscopeError `corrupt-tar` */
  *push(chunk: Buffer): Generator<TarEvent, void, void> {
    let at = 0;
    while (at < chunk.length) {
      const { state } = this;
      const available = chunk.length - at;
      switch (state.kind) {
        case 'block': {
          const taken = Math.min(blockSize - this.partialLength, available);
          const whole = taken === blockSize;
          if (!whole) chunk.copy(this.partial, this.partialLength, at, at + taken);
          this.partialLength = (this.partialLength + taken) % blockSize;
          this.position += taken;
          at += taken;
          if (this.partialLength !== 0) break;
          const block = whole ? chunk : this.partial;
          const start = whole ? at - blockSize : 0;
          const step = state.sparse
            ? this.decoder.sparseBlock(block, start)
            : this.decoder.block(block, start, this.position - blockSize);
          if (step.kind === 'entry') yield { kind: 'entry', entry: step.entry, offset: this.position };
          this.state = this.after(step);
          if (step.kind === 'entry' && step.entry.storedSize === 0) yield { kind: 'end' };
          break;
        }
        case 'extension': {
          const taken = Math.min(state.content.length - state.filled, available);
          chunk.copy(state.content, state.filled, at, at + taken);
          state.filled += taken;
          this.position += taken;
          at += taken;
          if (state.filled < state.content.length) break;
          this.decoder.extension(state.content);
          this.state = skip(padded(state.filled) - state.filled);
          break;
        }
        case 'content': {
          const taken = Math.min(state.remaining, available);
          yield { kind: 'content', piece: chunk.subarray(at, at + taken) };
          state.remaining -= taken;
          this.position += taken;
          at += taken;
          if (state.remaining > 0) break;
          yield { kind: 'end' };
          this.state = skip(state.padding);
          break;
        }
        case 'skip': {
          const taken = Math.min(state.remaining, available);
          state.remaining -= taken;
          this.position += taken;
          at += taken;
          if (state.remaining === 0) this.state = { kind: 'block', sparse: false };
          break;
        }
        case 'closed':
          this.position += available;
          at = chunk.length;
          break;
      }
    }
  }

  /** The input is over. @throws LayerscopeError `truncated` if it ends within an entry */
  finish(): void {
    const { state } = this;
    const between = state.kind === 'block' && !state.sparse && this.partialLength === 0;
    // An archive cut right behind its last byte of content lacks only padding: nothing is lost.
    const onlyPadding = state.kind === 'skip' && state.remaining < blockSize;
    if (!between && !onlyPadding && state.kind !== 'closed')
      throw problem('truncated', { path: this.what, offset: this.position });
    this.decoder.finish(this.position);
  }

  private after(step: Step): State {
    switch (step.kind) {
      case 'end':
        return { kind: 'closed' };
      case 'zero':
        return { kind: 'block', sparse: false };
      case 'sparse-block':
        return { kind: 'block', sparse: true };
      case 'skip':
        return skip(padded(step.storedSize));
      case 'extension':
        if (step.size > 0) return { kind: 'extension', content: Buffer.alloc(step.size), filled: 0 };
        this.decoder.extension(Buffer.alloc(0));
        return { kind: 'block', sparse: false };
      case 'entry': {
        const { storedSize } = step.entry;
        if (storedSize === 0) return { kind: 'block', sparse: false };
        return { kind: 'content', remaining: storedSize, padding: padded(storedSize) - storedSize };
      }
    }
  }
}

function skip(remaining: number): State {
  return remaining === 0 ? { kind: 'block', sparse: false } : { kind: 'skip', remaining };
}
