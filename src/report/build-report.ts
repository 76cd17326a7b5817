import type { Analysis } from '../analysis/analysis.ts';
import { type DuplicateGroup, redundantBytes } from '../analysis/duplicates.ts';
import type { Image, Layer } from '../image/image.ts';
import type { Compression } from '../layer/compression.ts';
import { decodeBytes, isText } from '../text/byte-string.ts';
import type { Warning } from '../warnings.ts';
import type { Report, ReportDuplicates, ReportImage, ReportLayer } from './report.ts';
import { reportPath, toBase64 } from './report-path.ts';

/** What the scan of a layer's blob told of the blob itself. */
export interface LayerFacts {
  readonly compression: Compression;
  /** Size of the tar; null if the layer is not there. */
  readonly tarBytes: number | null;
  readonly entryCount: number;
}

export interface ReportInput {
  readonly version: string;
  readonly image: Image;
  /** By layer. */
  readonly facts: readonly LayerFacts[];
  readonly analysis: Analysis;
  readonly warnings: readonly Warning[];
}

/** Puts the report together. */
export function buildReport({ version, image, facts, analysis, warnings }: ReportInput): Report {
  const layers = image.layers.map((layer, at) => reportLayer(layer, facts[at], analysis));
  const { waste, duplicates, dive } = analysis;
  return {
    schemaVersion: 1,
    tool: { name: 'layerscope', version },
    image: reportImage(image, layers, analysis),
    layers,
    waste: {
      bytes: waste.bytes,
      percent: analysis.sizeBytes === 0 ? 0 : (waste.bytes / analysis.sizeBytes) * 100,
      byCause: waste.byCause,
      own: { bytes: null },
      base: { bytes: null },
      files: waste.files.map(({ path, bytes, cause, copies, wastedByLayer }) => ({
        ...reportPath(path),
        bytes,
        cause,
        copies,
        wastedByLayer,
      })),
    },
    duplicates: {
      bytes: duplicates.reduce((sum, group) => sum + redundantBytes(group), 0),
      groups: duplicates.map(reportDuplicates),
    },
    compat: {
      dive: {
        efficiencyScore: dive.efficiencyScore,
        wastedBytes: dive.wastedBytes,
        userWastedPercent: dive.userWastedPercent,
        sizeBytes: dive.sizeBytes,
        userSizeBytes: dive.userSizeBytes,
      },
    },
    findings: [],
    cache: null,
    budgets: null,
    warnings,
  };
}

function reportImage(image: Image, layers: readonly ReportLayer[], analysis: Analysis): ReportImage {
  const { config } = image;
  const compressed = layers.map(({ compressedBytes }) => compressedBytes);
  return {
    reference: image.reference,
    source: image.source,
    names: image.names,
    manifestDigest: image.manifestDigest,
    configDigest: image.configDigest,
    mediaType: image.mediaType,
    platform: config.platform,
    created: config.created,
    sizeBytes: analysis.sizeBytes,
    compressedBytes: compressed.length === 0 ? null : compressed.reduce(sumOrNull, 0),
    layerCount: layers.length,
    fileCount: analysis.fileCount,
    config: config.runtime,
  };
}

function sumOrNull(sum: number | null, bytes: number | null): number | null {
  return sum === null || bytes === null ? null : sum + bytes;
}

function reportLayer(layer: Layer, facts: LayerFacts | undefined, analysis: Analysis): ReportLayer {
  const { index } = layer;
  const changes = analysis.changes[index];
  const none = { files: 0, bytes: 0 };
  const compression = facts?.compression ?? 'none';
  const absent = facts?.tarBytes === null;
  return {
    index,
    diffId: layer.diffId,
    digest: layer.digest,
    mediaType: layer.mediaType,
    compression,
    compressedBytes: compression === 'none' && !absent ? null : layer.blobBytes,
    tarBytes: facts?.tarBytes ?? null,
    sizeBytes: analysis.layerBytes[index] ?? 0,
    entryCount: facts?.entryCount ?? 0,
    added: changes?.added ?? none,
    modified: changes?.modified ?? none,
    metadataOnly: changes?.metadataOnly ?? none,
    identical: changes?.identical ?? none,
    removed: changes?.removed ?? none,
    wastedBytes: analysis.waste.byLayer[index] ?? 0,
    origin: 'unknown',
    history: layer.history && {
      createdBy: layer.history.createdBy,
      created: layer.history.created,
      comment: layer.history.comment,
      author: layer.history.author,
    },
    instruction: null,
  };
}

function reportDuplicates(group: DuplicateGroup): ReportDuplicates {
  const { paths, digest, fileBytes } = group;
  const report = {
    bytes: redundantBytes(group),
    fileBytes,
    count: paths.length,
    digest,
    paths: paths.map(decodeBytes),
  };
  if (paths.every(isText)) return report;
  return { ...report, pathsBase64: paths.map((path) => (isText(path) ? null : toBase64(path))) };
}
