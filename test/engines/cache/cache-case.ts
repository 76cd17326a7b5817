import type { BaseName } from './bases.ts';

/** The builders that the models are compared with; kaniko is not packaged by anybody. */
export const truthBuilders = ['buildkit', 'classic', 'buildah'] as const;

export type TruthBuilder = (typeof truthBuilders)[number];

/** Something in a build context; a string is a file's content. Modes are permission bits. */
export type ContextEntry =
  | string
  | { readonly file: string; readonly mode?: number; readonly time?: number; readonly owner?: number }
  | { readonly symlink: string }
  /** Another name of a file that stands before it. */
  | { readonly hardLink: string }
  | { readonly directory: number };

/** All that a build is started with. */
export interface BuildState {
  /** Its own name in the context is `Dockerfile`. */
  readonly dockerfile: string;
  /** By path; the ignore file is one of them. */
  readonly files: Readonly<Record<string, ContextEntry>>;
  readonly args: Readonly<Record<string, string>>;
  readonly target: string | null;
  /** Which image `localhost/moving` is. */
  readonly moving: BaseName;
  readonly secrets: Readonly<Record<string, string>>;
}

/** What of a build is not as it was; a file that is null is gone. */
export type StateChange = Partial<Omit<BuildState, 'files'>> & {
  readonly files?: Readonly<Record<string, ContextEntry | null>>;
};

/** A build, and a build after a change, whose cached steps the builders tell. */
export interface CacheCase {
  /** For the reader and for `LAYERSCOPE_CACHE_CASE`. */
  readonly name: string;
  /** Those that can build it: all of them unless said. */
  readonly builders?: readonly TruthBuilder[];
  /** Those that do, where another one would only say again what it says of other cases: builds are dear. */
  readonly builtBy?: readonly TruthBuilder[];
  readonly before: Partial<BuildState> & Pick<BuildState, 'dockerfile'>;
  readonly after: StateChange;
  /** Where the model says `depends`: whether other stages yield the same as before. */
  readonly sameOutput?: boolean;
}

const nothing: Omit<BuildState, 'dockerfile'> = { files: {}, args: {}, target: null, moving: 'plain', secrets: {} };

/** The two builds of a case. */
export function statesOf({ before, after }: CacheCase): readonly [BuildState, BuildState] {
  const first = { ...nothing, ...before };
  return [first, changed(first, after)];
}

/** A build after a change. */
function changed(state: BuildState, change: StateChange): BuildState {
  const files: Record<string, ContextEntry> = { ...state.files };
  for (const [path, entry] of Object.entries(change.files ?? {})) {
    if (entry === null) delete files[path];
    else files[path] = entry;
  }
  return { ...state, ...change, files };
}
