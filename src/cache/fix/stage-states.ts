import type { Dockerfile, Instruction } from '../../dockerfile/dockerfile.ts';
import { type Lookup, expandWord } from '../../dockerfile/expand.ts';
import { cleanPath } from '../../dockerfile/record/build-state.ts';
import { globalValues } from '../../dockerfile/record/global-args.ts';
import { splitCommand } from '../../dockerfile/split-command.ts';
import { stageBase } from '../../dockerfile/stages.ts';

/** What holds where an instruction stands. */
export interface StageState {
  /** Absolute and clean; null where it is the base image's, or cannot be told. */
  readonly workingDir: string | null;
  /** As USER says; null where it is the base image's. */
  readonly user: string | null;
  /** Scripts are for a POSIX shell: no SHELL above says otherwise. */
  readonly posixShell: boolean;
  /** What ENV and ARG set so far; null for values that cannot be told. */
  readonly environment: ReadonlyMap<string, string | null>;
  /** Paths that lines so far, those of parent stages included, made with WORKDIR. */
  readonly madeDirs: ReadonlySet<string>;
}

const start: StageState = {
  workingDir: null,
  user: null,
  posixShell: true,
  environment: new Map(),
  madeDirs: new Set(),
};

/** The state before each instruction of the file. Time and memory are the length of the file. */
export function stageStates(
  dockerfile: Dockerfile,
  buildArgs: ReadonlyMap<string, string>,
): ReadonlyMap<Instruction, StageState> {
  const states = new Map<Instruction, StageState>();
  const globals = globalValues(dockerfile, buildArgs);
  const escape = dockerfile.directives.escape;
  const ends: StageState[] = [];
  for (const stage of dockerfile.stages) {
    const from = expandWord(stage.from, (name) => globals.get(name), escape) ?? stage.from;
    const base = stageBase(dockerfile, stage, from);
    let state = base.kind === 'stage' ? (ends[base.index] ?? start) : start;
    for (const instruction of stage.instructions) {
      states.set(instruction, state);
      state = after(state, instruction, { buildArgs, globals, escape });
    }
    ends.push(state);
  }
  return states;
}

interface Values {
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly globals: ReadonlyMap<string, string | null>;
  readonly escape: '\\' | '`';
}

function after(state: StageState, { keyword, arguments: parsed, line }: Instruction, values: Values): StageState {
  const lookup = lookupIn(state);
  const expand = (word: string): string | null => expandWord(word, lookup, values.escape);
  switch (keyword) {
    case 'WORKDIR': {
      const path = expand(splitCommand(line).afterKeyword);
      const workingDir = path === null ? null : resolvePath(state.workingDir, path);
      const madeDirs = workingDir === null ? state.madeDirs : new Set([...state.madeDirs, workingDir]);
      return { ...state, workingDir, madeDirs };
    }
    case 'USER':
      return { ...state, user: splitCommand(line).afterKeyword };
    case 'SHELL':
      return { ...state, posixShell: parsed.form === 'exec' && /(?:^|\/)(?:ba|da|a)?sh$/.test(parsed.words[0] ?? '') };
    case 'ENV':
    case 'ARG': {
      if (parsed.form !== 'pairs') return state;
      const environment = new Map(state.environment);
      for (const { name, value } of parsed.pairs) {
        const written = value === null ? values.globals.get(name) : expand(value);
        const known = keyword === 'ARG' ? (values.buildArgs.get(name) ?? written) : written;
        environment.set(name, known ?? null);
      }
      return { ...state, environment };
    }
    default:
      return state;
  }
}

/** What is not set in the file may be set in the base image, so nobody can tell. */
export function lookupIn({ environment }: StageState): Lookup {
  return (name) => environment.get(name) ?? null;
}

/** An absolute, clean path; null where it depends on a working directory that is not known. */
export function resolvePath(workingDir: string | null, path: string): string | null {
  if (path.startsWith('/')) return cleanPath(path);
  return workingDir === null ? null : cleanPath(`${workingDir}/${path}`);
}
