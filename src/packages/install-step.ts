/** A package manager whose install step is known. */
export type PackageManager =
  | 'npm'
  | 'yarn'
  | 'pnpm'
  | 'pip'
  | 'poetry'
  | 'uv'
  | 'go'
  | 'cargo'
  | 'maven'
  | 'gradle'
  | 'bundler'
  | 'composer'
  | 'dotnet'
  | 'apt'
  | 'apk'
  | 'dnf';

/** Where a package manager keeps downloads that the image does not need. */
export interface CacheDirectory {
  /** Absolute, in the container. */
  readonly target: string;
  /** `locked` where two builds may not use it at once. */
  readonly sharing: 'shared' | 'locked';
}

/** A command that installs what a manifest lists. */
export interface InstallStep {
  readonly manager: PackageManager;
  /** As written: the part of a RUN that installs. */
  readonly command: string;
  /** Its words, quotes gone, without what sets its environment. */
  readonly words: readonly string[];
  /** Variables that are set for this command alone. */
  readonly environment: ReadonlyMap<string, string>;
  /** Its place among the commands of the RUN, counted from 0. */
  readonly position: number;
  /** Files it reads, relative to its working directory, if they are there: manifests, lock files, settings. */
  readonly manifests: readonly string[];
  /** Files it cannot do without; some of `manifests`. */
  readonly required: readonly string[];
  readonly caches: readonly CacheDirectory[];
}

/** The text of a file of the build context, relative to it; null where there is none, or it is too large or no text. */
export type ReadText = (path: string) => string | null;

/** Where an install runs, and what is there. Paths are relative to its working directory, `''` is that itself. */
export interface InstallPlace {
  readonly textOf: ReadText;
  readonly kindOf: (path: string) => 'file' | 'symlink' | 'directory' | null;
  /** Names in a directory; none where there is no such directory. */
  readonly namesIn: (path: string) => readonly string[];
  /** Variables that ENV and ARG set, as far as they are known; null for a value that is not. */
  readonly environment: ReadonlyMap<string, string | null>;
}

/** What an install reads, where that can be proved. */
export type InstallNeeds =
  /** Nothing but these files and directories, all of them there. */
  | { readonly safe: true; readonly sources: readonly string[] }
  /** For people, and names the file and what in it: `package.json: has a postinstall script, …`. */
  | { readonly safe: false; readonly reason: string };
