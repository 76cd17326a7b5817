import type { Analysis } from '../analysis/analysis.ts';
import { type DuplicateGroup, redundantBytes } from '../analysis/duplicates.ts';
import type { Image, Layer } from '../image/image.ts';
import type { Compression } from '../layer/compression.ts';
import { decodeBytes, isText } from '../text/byte-string.ts';
import type { Warning } from '../warnings.ts';
import type { MappedLayer, Mapping } from '../dockerfile/mapping.ts';
import type { LocatedFinding } from '../rules/located-findings.ts';
import type { CacheFinding } from '../rules/cache/cache-rules.ts';
import type { RuleName } from '../rules/rule-names.ts';
import { severityOrder } from '../rules/rule.ts';
import { reportCacheFinding } from './cache/cache-finding.ts';
import { reportDockerfile, reportFinding, reportInstruction } from './report-dockerfile.ts';
import type {
  Report,
  ReportCache,
  ReportDuplicates,
  ReportFinding,
  ReportIdentity,
  ReportImage,
  ReportLayer,
} from './report.ts';
import { decodePath, toBase64 } from '../text/decoded-path.ts';

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
  readonly mapping: Mapping;
  /** The Dockerfile's path; null where there is none. */
  readonly file: string | null;
  readonly checkedRules: readonly RuleName[];
  readonly findings: readonly LocatedFinding[];
  readonly cacheFindings: readonly CacheFinding[];
  readonly cache: ReportCache | null;
  readonly warnings: readonly Warning[];
}

/** Puts the report together. */
export function buildReport(input: ReportInput): Report {
  const { version, image, facts, analysis, mapping, file, warnings } = input;
  const layers = image.layers.map((layer, at) => reportLayer(layer, facts[at], analysis, mapping.layers[at], file));
  const { waste, ignored, duplicates, dive } = analysis;
  const lineOf = (layer: number): number | null => layers[layer]?.instruction?.startLine ?? null;
  return {
    schemaVersion: 1,
    tool: { name: 'layerscope', version },
    image: reportImage(image, layers, analysis),
    layers,
    waste: {
      bytes: waste.bytes,
      percent: analysis.sizeBytes === 0 ? 0 : (waste.bytes / analysis.sizeBytes) * 100,
      byCause: waste.byCause,
      own: { bytes: sumByOrigin(layers, 'own', ({ wastedBytes }) => wastedBytes) },
      base: { bytes: sumByOrigin(layers, 'base', ({ wastedBytes }) => wastedBytes) },
      ignored: { bytes: ignored.bytes, files: ignored.files },
      files: waste.files.map(({ path, bytes, cause, copies, wastedByLayer }) => ({
        ...decodePath(path),
        bytes,
        cause,
        copies: copies.map((copy) => ({
          ...copy,
          line: lineOf(copy.layer),
          wastedByLine: lineOf(copy.wastedByLayer),
        })),
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
    dockerfile: reportDockerfile(mapping, file, analysis),
    checkedRules: input.checkedRules,
    findings: reportFindings(input),
    cache: input.cache,
    budgets: null,
    comparison: null,
    warnings,
  };
}

/** Those about the image and those about its build in one list: errors first, then what saves most bytes. */
function reportFindings({ findings, cacheFindings, file }: ReportInput): readonly ReportFinding[] {
  const all = [
    ...findings.map((finding) => reportFinding(finding, file)),
    ...(file === null ? [] : cacheFindings.map((finding) => reportCacheFinding(finding, file))),
  ];
  // Each list has an order of its own for what is equal here.
  return all.sort((a, b) => severityOrder[a.severity] - severityOrder[b.severity] || (b.bytes ?? -1) - (a.bytes ?? -1));
}

function reportImage(image: Image, layers: readonly ReportLayer[], analysis: Analysis): ReportImage {
  const compressed = layers.map(({ compressedBytes }) => compressedBytes);
  return {
    ...reportIdentity(image),
    sizeBytes: analysis.sizeBytes,
    baseBytes: sumByOrigin(layers, 'base', ({ sizeBytes }) => sizeBytes),
    ownBytes: sumByOrigin(layers, 'own', ({ sizeBytes }) => sizeBytes),
    compressedBytes: compressed.length === 0 ? null : compressed.reduce(sumOrNull, 0),
    layerCount: layers.length,
    fileCount: analysis.fileCount,
    config: image.config.runtime,
  };
}

/** Which image it is. */
export function reportIdentity(image: Image): ReportIdentity {
  const { reference, source, names, manifestDigest, configDigest, mediaType, platforms, config } = image;
  const { platform, created } = config;
  return { reference, source, names, manifestDigest, configDigest, mediaType, platform, platforms, created };
}

function sumOrNull(sum: number | null, bytes: number | null): number | null {
  return sum === null || bytes === null ? null : sum + bytes;
}

/** Adds up the base image's layers or the user's own; null if it is not known of every layer whose it is. */
function sumByOrigin(
  layers: readonly ReportLayer[],
  wanted: 'base' | 'own',
  bytesOf: (layer: ReportLayer) => number,
): number | null {
  if (layers.some(({ origin }) => origin === 'unknown')) return null;
  return layers.reduce((sum, layer) => sum + (layer.origin === wanted ? bytesOf(layer) : 0), 0);
}

function reportLayer(
  layer: Layer,
  facts: LayerFacts | undefined,
  analysis: Analysis,
  mapped: MappedLayer | undefined,
  file: string | null,
): ReportLayer {
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
    fileCount: analysis.layerFiles[index] ?? 0,
    added: changes?.added ?? none,
    modified: changes?.modified ?? none,
    metadataOnly: changes?.metadataOnly ?? none,
    identical: changes?.identical ?? none,
    removed: changes?.removed ?? none,
    wastedBytes: analysis.waste.byLayer[index] ?? 0,
    origin: mapped?.origin ?? 'unknown',
    history: reportHistory(layer),
    instruction: mapped === undefined || file === null ? null : reportInstruction(mapped, file),
  };
}

/** The step that made a layer; null if the history does not tell. */
export function reportHistory({ history }: Layer): ReportLayer['history'] {
  if (history === null) return null;
  const { createdBy, created, comment, author } = history;
  return { createdBy, created, comment, author };
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
