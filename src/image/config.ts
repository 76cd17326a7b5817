import * as v from 'valibot';
import { type Digest, digestSchema } from './digest.ts';
import { type Platform, platformSchema } from './platform.ts';

/** One build step (OCI image-spec config.md, `history`). Texts are as stored: hostile, not sanitised. */
export interface HistoryEntry {
  readonly createdBy: string;
  readonly created: string | null;
  readonly comment: string;
  readonly author: string;
  /** The step made no layer. */
  readonly emptyLayer: boolean;
}

/** How a container of the image starts (config.md, `config`); null where nothing is set. */
export interface RuntimeConfig {
  readonly env: readonly string[];
  readonly entrypoint: readonly string[] | null;
  readonly cmd: readonly string[] | null;
  readonly user: string | null;
  readonly workingDir: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly exposedPorts: readonly string[];
}

/** What an image leaves for Dockerfiles that start from it (Docker's image specification, `config`). */
export interface BuildConfig {
  /** Of commands in shell form; null where nothing is set. */
  readonly shell: readonly string[] | null;
  /** Instructions, carried out right after FROM. */
  readonly onBuild: readonly string[];
}

/** An image's configuration (OCI image-spec config.md). `created` is an RFC 3339 time as stored. */
export interface ImageConfig {
  readonly platform: Platform;
  readonly created: string | null;
  readonly runtime: RuntimeConfig;
  readonly building: BuildConfig;
  readonly diffIds: readonly Digest[];
  readonly history: readonly HistoryEntry[];
}

const text = v.nullish(v.string(), '');
const orNull = v.pipe(
  text,
  v.transform((value) => (value === '' ? null : value)),
);

/** Go's zero time stands for "not set"; what is no time at all is unknown. */
const time = v.pipe(
  text,
  v.transform((value) => (Number.isNaN(Date.parse(value)) || value.startsWith('0001-01-01') ? null : value)),
);

const historySchema = v.pipe(
  v.object({
    created_by: text,
    created: time,
    comment: text,
    author: text,
    empty_layer: v.nullish(v.boolean(), false),
  }),
  v.transform((entry): HistoryEntry => ({
    createdBy: entry.created_by,
    created: entry.created,
    comment: entry.comment,
    author: entry.author,
    emptyLayer: entry.empty_layer,
  })),
);

/** Some writers store a string where a list belongs (Docker's old shell form). */
const words = v.union([
  v.array(v.string()),
  v.pipe(
    v.string(),
    v.transform((word) => [word]),
  ),
]);

const configSchema = v.pipe(
  v.object({
    Env: v.nullish(v.array(v.string()), []),
    Entrypoint: v.nullish(words, null),
    Cmd: v.nullish(words, null),
    User: orNull,
    WorkingDir: orNull,
    Labels: v.nullish(v.record(v.string(), v.string()), {}),
    ExposedPorts: v.nullish(v.record(v.string(), v.unknown()), {}),
    Shell: v.nullish(v.array(v.string()), []),
    OnBuild: v.nullish(v.array(v.string()), []),
  }),
  v.transform((config): Pick<ImageConfig, 'runtime' | 'building'> => ({
    runtime: {
      env: config.Env,
      entrypoint: config.Entrypoint,
      cmd: config.Cmd,
      user: config.User,
      workingDir: config.WorkingDir,
      labels: config.Labels,
      exposedPorts: Object.keys(config.ExposedPorts).toSorted(),
    },
    building: { shell: config.Shell.length === 0 ? null : config.Shell, onBuild: config.OnBuild },
  })),
);

export const imageConfigSchema = v.pipe(
  v.intersect([
    platformSchema,
    v.object({
      created: time,
      config: v.nullish(configSchema, {}),
      rootfs: v.object({ diff_ids: v.nullish(v.array(digestSchema), []) }),
      history: v.nullish(v.array(historySchema), []),
    }),
  ]),
  v.transform(({ os, architecture, variant, created, config, rootfs, history }): ImageConfig => ({
    platform: { os, architecture, variant },
    created,
    ...config,
    diffIds: rootfs.diff_ids,
    history,
  })),
);
