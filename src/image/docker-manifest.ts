import * as v from 'valibot';

/**
 * One image of a `docker save` archive's manifest.json (moby image-spec v1.2). `config` and `layers` are names of
 * entries in the archive.
 */
export interface DockerManifestEntry {
  readonly config: string;
  readonly repoTags: readonly string[];
  readonly layers: readonly string[];
}

export const dockerManifestSchema = v.array(
  v.pipe(
    v.object({
      Config: v.string(),
      RepoTags: v.nullish(v.array(v.string()), []),
      Layers: v.nullish(v.array(v.string()), []),
    }),
    v.transform(({ Config, RepoTags, Layers }): DockerManifestEntry => ({
      config: Config,
      repoTags: RepoTags,
      layers: Layers,
    })),
  ),
);
