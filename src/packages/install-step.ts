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
  /** Files it reads, relative to its working directory, if they are there: manifests, lock files, settings. */
  readonly manifests: readonly string[];
  /** Files it cannot do without; some of `manifests`. */
  readonly required: readonly string[];
  readonly caches: readonly CacheDirectory[];
}

/** The text of a file of the build context, relative to it; null where there is none, or it is too large or no text. */
export type ReadText = (path: string) => string | null;
