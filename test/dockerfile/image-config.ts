import type { HistoryEntry, ImageConfig } from '../../src/image/config.ts';

export function entry(fields: Partial<HistoryEntry>): HistoryEntry {
  return { createdBy: '', created: null, comment: '', author: '', emptyLayer: false, ...fields };
}

interface Fields {
  readonly history: readonly Partial<HistoryEntry>[];
  readonly env?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
}

/** A configuration whose layers fit its history; the n-th layer's digest ends in n. */
export function config({ history, env = [], labels = {} }: Fields): ImageConfig {
  const entries = history.map(entry);
  const layers = entries.filter(({ emptyLayer }) => !emptyLayer);
  return {
    platform: { os: 'linux', architecture: 'amd64', variant: null },
    created: null,
    runtime: { env, entrypoint: null, cmd: null, user: null, workingDir: null, labels, exposedPorts: [] },
    building: { shell: null, onBuild: [] },
    diffIds: layers.map((_, at) => `sha256:${String(at).padStart(64, '0')}` as const),
    history: entries,
  };
}
