import type { InstallNeeds, InstallPlace, InstallStep, PackageManager } from './install-step.ts';

export type RecognizedInstall = Pick<InstallStep, 'manifests' | 'required' | 'caches'>;

/** What is known of one package manager. */
export interface InstallTool {
  readonly manager: PackageManager;
  /** What a command installs, if it is an install of this manager's; else null. */
  readonly recognize: (words: readonly string[]) => RecognizedInstall | null;
  /** Names of variables that are its settings, and those of them that make it read no other file. */
  readonly settings: { readonly names: RegExp; readonly harmless: ReadonlySet<string> };
  /** What it makes in its working directory. What a later COPY has there would be laid over it. */
  readonly outputs: readonly string[];
  /** Proves that nothing is read but the manifests, and the sources that the answer names. */
  readonly needs: (install: InstallStep, place: InstallPlace) => InstallNeeds;
}

export function unsafe(reason: string): InstallNeeds {
  return { safe: false, reason };
}

export const nothingElse: InstallNeeds = { safe: true, sources: [] };

/** The outcome of checks that each give a reason against, or null. */
export function unlessAny(...reasons: readonly (string | null)[]): InstallNeeds {
  const reason = reasons.find((each) => each !== null) ?? null;
  return reason === null ? nothingElse : unsafe(reason);
}
