import { Buffer } from 'node:buffer';
import * as v from 'valibot';
import type { LineRange } from '../dockerfile.ts';
import { type Predicate, predicateSchema } from './schema.ts';

/** What BuildKit attests of a build. With `mode=min` only arguments and base images are there. */
export interface Provenance {
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly target: string | null;
  /** The images the build used, by package URL. */
  readonly bases: readonly { readonly uri: string; readonly digest: string }[];
  /** The Dockerfile that was built. */
  readonly dockerfile: { readonly name: string; readonly text: string } | null;
  /** Layers after each step, the lowest first, and where the step stands in the Dockerfile. */
  readonly steps: readonly ProvenanceStep[];
}

export interface ProvenanceStep {
  readonly id: string;
  /** Pulls an image. */
  readonly isSource: boolean;
  /** Digests of all layers that the step's result has. */
  readonly layers: readonly string[];
  /** More than one where stages share a step. */
  readonly lines: readonly LineRange[];
}

/**
 * Reads a provenance: an in-toto statement, its predicate alone, or the value of `--metadata-file`. Null where it is
 * none of these.
 */
export function readProvenance(value: unknown): Provenance | null {
  const predicate = v.safeParse(predicateSchema, predicateOf(value));
  return predicate.success ? toProvenance(predicate.output) : null;
}

/** `--metadata-file` keeps the predicate under a key of its own; for several platforms one key each. */
function predicateOf(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return value['predicate'] ?? value['buildx.build.provenance'] ?? value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

const argPrefix = 'build-arg:';

function toProvenance({ args, materials, definition, source, layers }: Predicate): Provenance {
  const given = Object.entries(args);
  const info = source?.infos[0];
  const text = info === undefined ? '' : Buffer.from(info.data, 'base64').toString('utf8');
  const operations = new Map(definition.map(({ id, op }) => [id, op?.Op ?? {}]));
  return {
    buildArgs: new Map(
      given.filter(([key]) => key.startsWith(argPrefix)).map(([key, value]) => [key.slice(argPrefix.length), value]),
    ),
    target: args['target'] ?? null,
    bases: materials.flatMap(({ uri, digest }) =>
      digest['sha256'] === undefined ? [] : [{ uri, digest: `sha256:${digest['sha256']}` }],
    ),
    dockerfile: info === undefined || text === '' ? null : { name: info.filename, text },
    steps: Object.entries(layers).flatMap(([output, chains]) => {
      const id = output.replace(/:\d+$/, '');
      const operation = operations.get(id) ?? {};
      return chains.map((chain): ProvenanceStep => ({
        id,
        isSource: 'source' in operation,
        layers: chain.map(({ digest }) => digest),
        lines: linesOf(source, id),
      }));
    }),
  };
}

/** Each place of a step, its physical lines together. Only the first source is the Dockerfile. */
function linesOf(source: Predicate['source'], id: string): LineRange[] {
  const locations = source?.locations[id]?.locations ?? [];
  return locations.flatMap(({ sourceIndex, ranges }) => {
    if (sourceIndex !== 0 || ranges.length === 0) return [];
    const starts = ranges.map(({ start }) => start.line);
    const ends = ranges.map(({ start, end }) => end?.line ?? start.line);
    const startLine = starts.reduce((least, line) => Math.min(least, line));
    return [{ startLine, endLine: ends.reduce((most, line) => Math.max(most, line)) }];
  });
}

/** What the provenance says of an image's layers, the lowest first. */
export interface AttestedLayers {
  /** By layer: the places of the step that made it; empty for the base image's layers. */
  readonly lines: readonly (readonly LineRange[])[];
  /** Layers of the base image; null where no step tells. */
  readonly baseLayers: number | null;
}

/** Finds the steps that made these layers, by digest and position. Null where the provenance is of other layers. */
export function attestedLayers({ steps }: Provenance, digests: readonly (string | null)[]): AttestedLayers | null {
  // Two layers may be the same bytes, so a step counts only where all layers below it are the image's, too.
  const matching = steps.filter(
    ({ layers }) =>
      layers.length > 0 && layers.length <= digests.length && layers.every((each, at) => each === digests[at]),
  );
  if (!matching.some(({ layers }) => layers.length === digests.length)) return null;
  const sources = matching.filter(({ isSource }) => isSource).map(({ layers }) => layers.length);
  const baseLayers = sources.length === 0 ? null : sources.reduce((most, length) => Math.max(most, length));
  const lines = digests.map((_, at) => {
    if (at < (baseLayers ?? 0)) return [];
    const makers = matching.filter(({ layers, isSource }) => !isSource && layers.length === at + 1);
    return makers.length === 1 ? (makers[0]?.lines ?? []) : [];
  });
  return { lines, baseLayers };
}
