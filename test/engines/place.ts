/** Where engines run: this machine's own root, or another one that a process has to be let into. */
export interface Place {
  /** The command line that comes before an engine's own; empty for this machine's root. */
  readonly within: readonly string[];
  /** What dockerd finds in its `daemon.json`. */
  readonly daemonConfig: Readonly<Record<string, unknown>>;
  /** What `buildah build` needs there. */
  readonly buildahOptions: readonly string[];
  /** Gives up what was made to let processes in. */
  readonly leave: () => Promise<void>;
}

export const HERE: Place = {
  within: [],
  daemonConfig: {},
  buildahOptions: [],
  leave: async () => {},
};
