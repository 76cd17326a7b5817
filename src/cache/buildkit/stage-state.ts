import { expandWord, type Lookup } from '../../dockerfile/expand.ts';
import { defaultShell } from '../../dockerfile/record/build-state.ts';
import type { ImageConfig } from '../../image/config.ts';
import type { KeyPart } from '../keyed-step.ts';
import { fixedPart } from './planned-step.ts';
import { unknownDirectory } from './path.ts';

/** A variable's value, null where it cannot be told, and the text that stands for it in a key then. */
interface Variable {
  readonly value: string | null;
  readonly written: string;
}

/** What a base image is known to start a stage with; null where it was not read. */
export type BaseState = ImageConfig | 'scratch' | null;

/** More than any honest stage sets: every RUN's key has all of it, so beyond this values are left as they are written. */
const mostEnvironment = 65_536;
/** For the same reason, of variables: those beyond it are not looked at. */
const mostVariables = 1000;
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What the instructions of a stage leave for later ones (dockerfile2llb, dispatchState). */
export class StageState {
  readonly #escape: '\\' | '`';
  /** What RUN is given, in the order in which it was last set: BuildKit hashes it so. ARGs are in it. */
  readonly #environment = new Map<string, Variable>();
  /** ENV alone, and in the order in which it was first set: with this a child stage starts anew. */
  readonly #kept = new Map<string, Variable>();
  /** ARGs without a value: whatever the base image has, they are taken to be unset. */
  readonly #declared = new Set<string>();
  #isBaseKnown: boolean;
  #size = 0;
  #parts: readonly KeyPart[] | null = null;
  workingDir = '/';
  user = '';
  shell: readonly string[] = defaultShell;
  platform: string;

  constructor(escape: '\\' | '`', base: BaseState, platform: string) {
    this.#escape = escape;
    this.#isBaseKnown = base !== null;
    this.platform = platform;
    if (base === null) {
      this.workingDir = unknownDirectory;
      return;
    }
    if (base !== 'scratch') {
      const { runtime, building } = base;
      for (const variable of runtime.env) this.setEnvironment(...splitVariable(variable));
      this.workingDir = runtime.workingDir ?? '/';
      this.user = runtime.user ?? '';
      this.shell = building.shell ?? defaultShell;
    }
    if (!this.#kept.has('PATH')) this.setEnvironment('PATH', defaultPath, defaultPath);
  }

  /** For a stage that starts from this one: the values of ARGs live on, below all that ENV has set. */
  child(): StageState {
    const child = new StageState(this.#escape, null, this.platform);
    child.#isBaseKnown = this.#isBaseKnown;
    child.#size = this.#size;
    child.workingDir = this.workingDir;
    child.user = this.user;
    child.shell = this.shell;
    for (const name of this.#declared) child.#declared.add(name);
    for (const [name, variable] of this.#environment) child.#environment.set(name, variable);
    for (const [name, variable] of this.#kept) {
      child.#environment.delete(name);
      child.#environment.set(name, variable);
      child.#kept.set(name, variable);
    }
    return child;
  }

  readonly lookup: Lookup = (name) => {
    const variable = this.#environment.get(name);
    if (variable !== undefined) return variable.value;
    return this.#isBaseKnown || this.#declared.has(name) ? undefined : null;
  };

  /** Null where the word is malformed, or depends on what is not known. */
  expand(word: string): string | null {
    if (this.#size > mostEnvironment) return null;
    return expandWord(word, this.lookup, this.#escape);
  }

  /** The word expanded, or as it is written. */
  expandOrKeep(word: string): string {
    return this.expand(word) ?? word;
  }

  /** A variable's value, or what stands for it. */
  textOf(name: string): string {
    const variable = this.#environment.get(name);
    return variable?.value ?? variable?.written ?? '';
  }

  setEnvironment(name: string, value: string | null, written: string): void {
    this.setArgument(name, value, written);
    if (this.#environment.has(name)) this.#kept.set(name, { value, written });
  }

  setArgument(name: string, value: string | null, written: string): void {
    this.#environment.delete(name);
    if (this.#environment.size >= mostVariables) return;
    this.#environment.set(name, { value, written });
    this.#size += name.length + (value ?? written).length;
    this.#parts = null;
  }

  declareUnset(name: string): void {
    this.#declared.add(name);
  }

  /** The parts that the environment is in RUN's key. */
  get environment(): readonly KeyPart[] {
    this.#parts ??= [...this.#environment].map(([name, { value, written }]) =>
      fixedPart('environment', name, value ?? written),
    );
    return this.#parts;
  }
}

function splitVariable(text: string): [string, string, string] {
  const equals = text.indexOf('=');
  const value = equals === -1 ? '' : text.slice(equals + 1);
  return [equals === -1 ? text : text.slice(0, equals), value, value];
}
