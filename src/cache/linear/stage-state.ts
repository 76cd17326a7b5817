import type { NameValue } from '../../dockerfile/dockerfile.ts';
import { type Lookup, expandWord } from '../../dockerfile/expand.ts';
import { cleanPath, defaultShell } from '../../dockerfile/record/build-state.ts';
import type { ImageConfig } from '../../image/config.ts';

export interface StageStateOptions {
  readonly escape: '\\' | '`';
  /** Of the arguments before the first FROM. */
  readonly globals: ReadonlyMap<string, string | null>;
  readonly buildArgs: ReadonlyMap<string, string>;
  /** The image's configuration; null where that was not read. */
  readonly base: ImageConfig | 'scratch' | null;
}

/**
 * What the instructions of a stage leave for later ones. Where the base image was not read, its variables and its working
 * directory are symbols: `${HOME}` stands for whatever that is, the same in every build from the same image.
 */
export class StageState {
  /** Set by ENV, in this stage and those it starts from. */
  readonly environment: Map<string, string>;
  /** Set by ENV in this stage alone. */
  readonly ownEnvironment = new Map<string, string>();
  /** Declared by ARG, as far as they have a value. */
  readonly arguments = new Map<string, string>();
  shell: readonly string[];
  workingDir: string;
  readonly #options: StageStateOptions;
  readonly #base: ReadonlyMap<string, string> | null;
  #symbols = 0;

  /** @param parent the end of the stage that this one starts from; null where it starts from an image or from nothing */
  constructor(options: StageStateOptions, parent: StageState | null) {
    const { base } = options;
    this.#options = options;
    const config = base === 'scratch' ? null : base;
    this.#base = base === null ? null : new Map(config?.runtime.env.map(variable));
    this.environment = new Map(parent?.environment);
    this.shell = parent?.shell ?? config?.building.shell ?? defaultShell;
    this.workingDir = parent?.workingDir ?? (base === null ? symbolicDirectory : (config?.runtime.workingDir ?? '/'));
  }

  /** The stage that starts from this one. */
  child(): StageState {
    return new StageState(this.#options, this);
  }

  readonly lookup: Lookup = (name) => {
    const set = this.environment.get(name) ?? this.#base?.get(name) ?? this.arguments.get(name);
    if (set !== undefined || this.#base !== null) return set;
    this.#symbols++;
    return `\${${name}}`;
  };

  /** A word with its variables expanded; as it is where no builder could. */
  expand(word: string): string {
    const symbols = this.#symbols;
    const expanded = expandWord(word, this.lookup, this.#options.escape);
    if (expanded === null) return word;
    // `${NAME:-value}`: nobody knows whether the value counts, so both are kept.
    return this.#symbols > symbols && modified.test(word) ? `${expanded} (${word})` : expanded;
  }

  /** ENV: later pairs do not see earlier ones. */
  setEnvironment(pairs: readonly NameValue[]): readonly [name: string, value: string][] {
    const expanded = pairs.map(({ name, value }): [string, string] => [this.expand(name), this.expand(value ?? '')]);
    for (const [name, value] of expanded) {
      this.environment.set(name, value);
      this.ownEnvironment.set(name, value);
    }
    return expanded;
  }

  /** ARG, a name of it: the value given, its own, or the one from before the first FROM. */
  declare(name: string, value: string | null): void {
    const found = this.#options.buildArgs.get(name) ?? value ?? this.#options.globals.get(name);
    if (found !== undefined && found !== null) this.arguments.set(name, found);
  }

  /** WORKDIR. */
  enter(path: string): void {
    const target = path.startsWith('/') ? path : `${this.workingDir}/${path}`;
    this.workingDir = target.startsWith('/') ? cleanPath(target) : target;
  }
}

const symbolicDirectory = '${WORKDIR}';
const modified = /\$\{[^{}]*[^{}\w]/;

function variable(text: string): [name: string, value: string] {
  const equals = text.indexOf('=');
  return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
}
