import * as v from 'valibot';

/**
 * What is read of BuildKit's SLSA provenance (docs/attestations/slsa-definitions.md), v0.2 and v1. Everything may be
 * absent: `mode=min`, the default, has neither source nor layers.
 */
const locationSchema = v.object({
  sourceIndex: v.nullish(v.number(), 0),
  ranges: v.nullish(
    v.array(v.object({ start: v.object({ line: v.number() }), end: v.nullish(v.object({ line: v.number() }), null) })),
    [],
  ),
});

const sourceSchema = v.object({
  locations: v.nullish(v.record(v.string(), v.object({ locations: v.nullish(v.array(locationSchema), []) })), {}),
  infos: v.nullish(v.array(v.object({ filename: v.nullish(v.string(), ''), data: v.nullish(v.string(), '') })), []),
});

const buildkitMetadataSchema = v.object({
  source: v.nullish(sourceSchema, null),
  layers: v.nullish(v.record(v.string(), v.array(v.array(v.object({ digest: v.string() })))), {}),
});

const buildConfigSchema = v.object({
  llbDefinition: v.nullish(
    v.array(
      v.object({
        id: v.string(),
        op: v.nullish(v.object({ Op: v.nullish(v.record(v.string(), v.unknown()), {}) }), null),
        inputs: v.nullish(v.array(v.string()), []),
      }),
    ),
    [],
  ),
});

const requestSchema = v.object({ args: v.nullish(v.record(v.string(), v.string()), {}) });

const materialsSchema = v.nullish(
  v.array(v.object({ uri: v.nullish(v.string(), ''), digest: v.nullish(v.record(v.string(), v.string()), {}) })),
  [],
);

const oldMetadata = 'https://mobyproject.org/buildkit@v1#metadata';

const firstSchema = v.object({
  materials: materialsSchema,
  invocation: v.object({ parameters: v.nullish(requestSchema, {}) }),
  buildConfig: v.nullish(buildConfigSchema, {}),
  metadata: v.nullish(v.object({ [oldMetadata]: v.nullish(buildkitMetadataSchema, {}) }), {}),
});

const secondSchema = v.object({
  buildDefinition: v.object({
    resolvedDependencies: materialsSchema,
    externalParameters: v.nullish(v.object({ request: v.nullish(requestSchema, {}) }), {}),
    internalParameters: v.nullish(v.object({ buildConfig: v.nullish(buildConfigSchema, {}) }), {}),
  }),
  runDetails: v.nullish(
    v.object({ metadata: v.nullish(v.object({ buildkit_metadata: v.nullish(buildkitMetadataSchema, {}) }), {}) }),
    {},
  ),
});

export interface Predicate {
  readonly args: Readonly<Record<string, string>>;
  readonly materials: readonly { readonly uri: string; readonly digest: Readonly<Record<string, string>> }[];
  readonly definition: v.InferOutput<typeof buildConfigSchema>['llbDefinition'];
  readonly source: v.InferOutput<typeof sourceSchema> | null;
  readonly layers: v.InferOutput<typeof buildkitMetadataSchema>['layers'];
}

/** The predicate of either version; `buildDefinition` is there only in v1. */
export const predicateSchema = v.union([
  v.pipe(
    secondSchema,
    v.transform(({ buildDefinition, runDetails }): Predicate => ({
      args: buildDefinition.externalParameters.request.args,
      materials: buildDefinition.resolvedDependencies,
      definition: buildDefinition.internalParameters.buildConfig.llbDefinition,
      source: runDetails.metadata.buildkit_metadata.source,
      layers: runDetails.metadata.buildkit_metadata.layers,
    })),
  ),
  v.pipe(
    firstSchema,
    v.transform(({ materials, invocation, buildConfig, metadata }): Predicate => ({
      args: invocation.parameters.args,
      materials,
      definition: buildConfig.llbDefinition,
      source: metadata[oldMetadata].source,
      layers: metadata[oldMetadata].layers,
    })),
  ),
]);
