import type { NameValue } from '../dockerfile.ts';
import { type Lookup, expandWord } from '../expand.ts';
import type { DockerfileBuilder } from '../step-record.ts';

export interface StateOptions {
  readonly builder: DockerfileBuilder;
  readonly escape: '\\' | '`';
  readonly globals: ReadonlyMap<string, string | null>;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly baseEnvironment: Lookup;
}

/** A pair with its value expanded: undefined without one, null where it cannot be told. */
export interface ExpandedPair {
  readonly name: string;
  readonly value: string | null | undefined;
}

export const defaultShell: readonly string[] = ['/bin/sh', '-c'];

export function startState(options: StateOptions): BuildState {
  return new BuildState(options);
}

/** What earlier instructions leave for later ones, by one builder's rules: variables, shell, working directory. */
export class BuildState {
  readonly builder: DockerfileBuilder;
  readonly escape: '\\' | '`';
  shell: readonly string[] = defaultShell;
  /** Null where the base image's is not known. */
  workingDir: string | null = null;
  /** Names of the stage's arguments so far; a new list whenever it grows. */
  argNames: readonly string[] = [];
  /** With those of the stages before, which the builders of today hand on and others do not. */
  allArgNames: readonly string[] = [];
  readonly #options: StateOptions;
  readonly #environment = new Map<string, string | null>();
  readonly #arguments = new Map<string, string | null>();

  constructor(options: StateOptions) {
    this.#options = options;
    this.builder = options.builder;
    this.escape = options.escape;
  }

  /**
   * Arguments end with their stage, but in BuildKit their values live on in the environment that a child stage starts
   * with.
   */
  startStage(): void {
    this.argNames = [];
    this.#arguments.clear();
  }

  readonly lookup: Lookup = (name) => {
    if (this.#environment.has(name)) return this.#environment.get(name);
    if (this.#arguments.has(name)) return this.#arguments.get(name);
    return this.#options.baseEnvironment(name);
  };

  expand(word: string): string | null {
    return expandWord(word, this.lookup, this.escape);
  }

  setEnvironment(pairs: readonly NameValue[]): ExpandedPair[] {
    const expanded = pairs.map(({ name, value }) => ({
      name: this.expand(name) ?? name,
      value: this.expand(value ?? ''),
    }));
    for (const { name, value } of expanded) this.#environment.set(name, value);
    return expanded;
  }

  /** Returns what the arguments are, and what their defaults in the file are. */
  declare(pairs: readonly NameValue[]): { readonly given: ExpandedPair[]; readonly defaults: ExpandedPair[] } {
    const defaults = pairs.map(({ name, value }) => ({
      name,
      value: value === null ? undefined : this.expand(value),
    }));
    const given = defaults.map(({ name, value }) => ({
      name,
      value: this.#options.buildArgs.get(name) ?? (value === undefined ? this.#options.globals.get(name) : value),
    }));
    for (const { name, value } of given) {
      // Without a value the name stays what it was. BuildKit has one environment for both, where the last one wins.
      if (value !== undefined) (this.builder === 'buildkit' ? this.#environment : this.#arguments).set(name, value);
    }
    this.argNames = withNames(this.argNames, pairs);
    this.allArgNames = withNames(this.allArgNames, pairs);
    return { given, defaults };
  }

  /** Where WORKDIR leads to; null where that depends on the base image. */
  resolve(path: string): string | null {
    if (path.startsWith('/')) return path;
    return this.workingDir === null ? null : cleanPath(`${this.workingDir}/${path}`);
  }
}

function withNames(names: readonly string[], pairs: readonly NameValue[]): readonly string[] {
  const all = new Set([...names, ...pairs.map(({ name }) => name)]);
  return all.size > names.length ? [...all] : names;
}

/** Go's `path.Join` of an absolute path: no `.`, `..`, double or trailing slash. */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
