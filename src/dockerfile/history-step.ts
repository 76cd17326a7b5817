import type { HistoryEntry, ImageConfig } from '../image/config.ts';
import { buildahEntry } from './history/buildah.ts';
import { builderOf } from './history/builder-of.ts';
import { buildkitEntry } from './history/buildkit.ts';
import { classicEntry } from './history/classic.ts';
import { classicOrBuildah } from './history/classic-or-buildah.ts';
import { writtenEntry } from './history/kaniko.ts';
import { type ParsedEntry, plainEntry } from './history/parsed-entry.ts';
import type { Builder } from './step-record.ts';

/** A step of a build as its history tells it, in the words of a Dockerfile as far as they can be had back. */
export interface HistoryStep extends ParsedEntry {
  readonly builder: Builder;
  readonly producesLayer: boolean;
}

/** Reads one history entry by the grammar of the builder that it shows. */
export function parseHistoryStep(entry: HistoryEntry, builder: Builder = builderOf(entry)): HistoryStep {
  return { ...parsed(entry, builder), builder, producesLayer: !entry.emptyLayer };
}

/** All steps of an image, oldest first. An image may have a base of another builder. */
export function parseHistory({ history, runtime }: ImageConfig): HistoryStep[] {
  const labelled = runtime.labels['io.buildah.version'] !== undefined;
  const builders = classicOrBuildah(history, history.map(builderOf), labelled);
  return history.map((entry, at) => {
    const builder = builders[at] ?? 'unknown';
    // A RUN in exec form is its words and nothing else, which only the steps around it tell from another tool's text.
    const near = [builders[at - 1], builders[at + 1]];
    const bare = builder === 'unknown' && near.includes('classic') && entry.comment === '' && entry.createdBy !== '';
    return parseHistoryStep(entry, bare ? 'classic' : builder);
  });
}

/** Who built the image: the builder of its last step that shows one. */
export function detectBuilder(config: ImageConfig): Builder {
  const known = parseHistory(config).filter(({ builder }) => builder !== 'unknown');
  return known.at(-1)?.builder ?? 'unknown';
}

function parsed(entry: HistoryEntry, builder: Builder): ParsedEntry {
  switch (builder) {
    case 'buildkit':
      return buildkitEntry(entry);
    case 'classic':
      return classicEntry(entry);
    case 'buildah':
      return buildahEntry(entry);
    case 'kaniko':
    case 'unknown':
      return writtenEntry(entry);
    case 'ko':
    case 'jib':
    case 'bazel':
    case 'nix':
    case 'buildpacks':
    case 'commit':
    case 'import':
    case 'squash':
      return plainEntry(entry.createdBy.trim());
  }
}
