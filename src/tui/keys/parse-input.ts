import { StringDecoder } from 'node:string_decoder';
import type { Input } from './key.ts';
import { characterKey, namedKey, unmodified } from './key-codes.ts';
import { Paste } from './paste.ts';
import { csiInput, ss3Input } from './sequence.ts';

/**
 * Where the parser is. An `escape` may be the key or the start of a sequence; `collected` is what came since `\e[` or
 * `\eO`; a `string` (OSC, DCS, and their like) is an answer to somebody else's question; `x10` is an old mouse report,
 * three characters after `\e[M`. `alt` says that two escapes came.
 */
type State =
  | { readonly at: 'ground' }
  | { readonly at: 'escape'; readonly alt: boolean }
  | { readonly at: 'csi' | 'ss3'; readonly alt: boolean; readonly collected: string }
  | { readonly at: 'string'; readonly introducer: string; readonly empty: boolean; readonly ending: boolean }
  | { readonly at: 'x10'; readonly left: number }
  | { readonly at: 'paste'; readonly paste: Paste };

const ground: State = { at: 'ground' };

/** No key's sequence is as long; of a longer one only its end is waited for. */
const longestSequence = 64;

/** Ctrl-C counts in the midst of everything, for it is the way out where an end never comes. */
const interrupt = '\u0003';

const strings = new Set(['P', 'X', ']', '^', '_']);

/**
 * Takes apart what a terminal sends, in pieces of any size. Unknown sequences are swallowed whole, for typed as text they
 * would be commands. Memory stays bounded whatever arrives.
 */
export class InputParser {
  readonly #decoder = new StringDecoder('utf8');
  #state: State = ground;
  #inputs: Input[] = [];

  /** @returns what is complete, in the order in which it was done */
  push(chunk: Buffer | string): Input[] {
    const text = typeof chunk === 'string' ? chunk : this.#decoder.write(chunk);
    for (const character of text) this.#take(character);
    return this.#taken();
  }

  /**
   * Says that nothing came for a while: an escape was the key and no sequence's start. A sequence that has begun in
   * earnest is still waited for, since its rest, come late, would be typed.
   */
  flush(): Input[] {
    const state = this.#state;
    switch (state.at) {
      case 'escape':
        this.#emit(namedKey('escape'));
        if (state.alt) this.#emit(namedKey('escape'));
        this.#state = ground;
        break;
      case 'csi':
      case 'ss3':
        if (state.collected === '') this.#leaveIntroducer(state.at === 'csi' ? '[' : 'O');
        break;
      case 'string':
        // Without an end it would swallow all keys from here on.
        if (state.empty) this.#leaveIntroducer(state.introducer);
        else this.#state = ground;
        break;
      case 'x10':
        this.#state = ground;
        break;
      case 'ground':
      case 'paste':
    }
    return this.#taken();
  }

  #taken(): Input[] {
    const inputs = this.#inputs;
    this.#inputs = [];
    return inputs;
  }

  #emit(input: Input | null): void {
    if (input !== null) this.#inputs.push(input);
  }

  /** What looked like the start of a sequence was a key with Alt. */
  #leaveIntroducer(introducer: string): void {
    this.#emit(characterKey(introducer, { ...unmodified, alt: true }));
    this.#state = ground;
  }

  #take(character: string): void {
    const state = this.#state;
    switch (state.at) {
      case 'ground':
        return this.#takeFirst(character);
      case 'escape':
        return this.#takeSecond(character, state.alt);
      case 'csi':
      case 'ss3':
        return this.#takeSequence(character, state.at, state.alt, state.collected);
      case 'string':
        return this.#takeString(character, state.ending);
      case 'x10':
        if (character < ' ') return this.#breakOff(character);
        this.#state = state.left === 1 ? ground : { at: 'x10', left: state.left - 1 };
        return;
      case 'paste':
        return this.#takePaste(character, state.paste);
    }
  }

  /** What is no part of the sequence that it came in counts by itself: Ctrl-C above all. */
  #breakOff(character: string): void {
    this.#state = ground;
    this.#takeFirst(character);
  }

  #takeFirst(character: string): void {
    if (character === '\u001b') this.#state = { at: 'escape', alt: false };
    else if (character === '\u009b') this.#state = { at: 'csi', alt: false, collected: '' };
    else this.#emit(characterKey(character));
  }

  #takeSecond(character: string, alt: boolean): void {
    if (character === '[') this.#state = { at: 'csi', alt, collected: '' };
    else if (character === 'O') this.#state = { at: 'ss3', alt, collected: '' };
    else if (character === interrupt) {
      this.#emit(namedKey('escape'));
      this.#breakOff(character);
    } else {
      // Two escapes are Alt with a sequence only; before all else the first was the key.
      if (alt) this.#emit(namedKey('escape'));
      if (character === '\u001b') this.#state = { at: 'escape', alt: true };
      else if (strings.has(character))
        this.#state = { at: 'string', introducer: character, empty: true, ending: false };
      else {
        this.#state = ground;
        this.#emit(characterKey(character, { ...unmodified, alt: true }));
      }
    }
  }

  #takeSequence(character: string, at: 'csi' | 'ss3', alt: boolean, collected: string): void {
    if (character < ' ' || character > '~') return this.#breakOff(character);
    const isFinal = character >= '@' && !(at === 'csi' && collected === '' && character === '[');
    if (!isFinal) {
      const kept = collected.length < longestSequence ? collected + character : collected;
      this.#state = { at, alt, collected: kept };
      return;
    }
    this.#state = ground;
    if (at === 'ss3') this.#emit(ss3Input(collected, character, alt));
    else if (character === '~' && collected === '200') this.#state = { at: 'paste', paste: new Paste() };
    else if (character === 'M' && collected === '') this.#state = { at: 'x10', left: 3 };
    else if (collected.length < longestSequence) this.#emit(csiInput(collected, character, alt));
  }

  #takeString(character: string, ending: boolean): void {
    if (character === '\u0007' || character === '\u009c' || (ending && character === '\\')) this.#state = ground;
    else if (ending) this.#takeSecond(character, false);
    else if (character === interrupt) this.#breakOff(character);
    else this.#state = { at: 'string', introducer: '', empty: false, ending: character === '\u001b' };
  }

  #takePaste(character: string, paste: Paste): void {
    if (character === interrupt) {
      this.#emit({ kind: 'paste', text: paste.text() });
      this.#breakOff(character);
    } else if (paste.take(character)) {
      this.#state = ground;
      this.#emit({ kind: 'paste', text: paste.text() });
    }
  }
}
