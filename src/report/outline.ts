import { madeLayers } from '../analysis/line-costs.ts';
import type { MappedLayer, Mapping } from '../dockerfile/mapping.ts';
import type { Image, Layer } from '../image/image.ts';
import type { Compression } from '../layer/compression.ts';
import type { Warning } from '../warnings.ts';
import { reportHistory, reportIdentity } from './build-report.ts';
import { reportFit, reportInstruction } from './report-dockerfile.ts';
import type { Report, ReportDockerfile, ReportImage, ReportLayer, ReportLineCost } from './report.ts';

/** A part of the report some of which only the layers could tell. */
type Without<Part, Key extends keyof Part> = Omit<Part, Key> & Readonly<Record<Key, null>>;

/** What manifest and configuration tell of an image: a report whose layers were not read. As JSON it is one, with nulls. */
export interface Outline extends Without<
  Omit<Report, 'image' | 'layers' | 'dockerfile' | 'compat'>,
  'waste' | 'duplicates'
> {
  readonly image: Without<ReportImage, 'sizeBytes' | 'baseBytes' | 'ownBytes' | 'fileCount'>;
  readonly layers: readonly OutlineLayer[];
  readonly compat: { readonly dive: null };
  readonly dockerfile: OutlineDockerfile | null;
}

export interface OutlineLayer extends Without<
  Omit<ReportLayer, 'compression'>,
  | 'sizeBytes'
  | 'entryCount'
  | 'fileCount'
  | 'added'
  | 'modified'
  | 'metadataOnly'
  | 'identical'
  | 'removed'
  | 'wastedBytes'
> {
  /** As the media type says; null if it says nothing. */
  readonly compression: Compression | null;
}

export interface OutlineDockerfile extends Omit<ReportDockerfile, 'instructions'> {
  readonly instructions: readonly Without<
    ReportLineCost,
    'addedBytes' | 'visibleBytes' | 'wastedBytes' | 'wastesBytes'
  >[];
}

export interface OutlineInput {
  readonly version: string;
  readonly image: Image;
  readonly mapping: Mapping;
  /** The Dockerfile's path; null where there is none. */
  readonly file: string | null;
  readonly warnings: readonly Warning[];
}

/** Puts the outline together. */
export function buildOutline({ version, image, mapping, file, warnings }: OutlineInput): Outline {
  const layers = image.layers.map((layer) => outlineLayer(layer, mapping.layers[layer.index], file));
  const isCompressed = layers.length > 0 && layers.every(({ compressedBytes }) => compressedBytes !== null);
  return {
    schemaVersion: 1,
    tool: { name: 'layerscope', version },
    image: {
      ...reportIdentity(image),
      sizeBytes: null,
      baseBytes: null,
      ownBytes: null,
      compressedBytes: isCompressed ? layers.reduce((sum, layer) => sum + (layer.compressedBytes ?? 0), 0) : null,
      layerCount: layers.length,
      fileCount: null,
      config: image.config.runtime,
    },
    layers,
    waste: null,
    duplicates: null,
    compat: { dive: null },
    dockerfile: outlineDockerfile(mapping, file),
    checkedRules: [],
    findings: [],
    cache: null,
    budgets: null,
    comparison: null,
    warnings,
  };
}

function outlineLayer(layer: Layer, mapped: MappedLayer | undefined, file: string | null): OutlineLayer {
  const { index, diffId, digest, mediaType, blobBytes } = layer;
  const compression = compressionOf(mediaType);
  return {
    index,
    diffId,
    digest,
    mediaType,
    compression,
    compressedBytes: compression === null || compression === 'none' ? null : blobBytes,
    tarBytes: compression === 'none' ? blobBytes : null,
    sizeBytes: null,
    entryCount: null,
    fileCount: null,
    added: null,
    modified: null,
    metadataOnly: null,
    identical: null,
    removed: null,
    wastedBytes: null,
    origin: mapped?.origin ?? 'unknown',
    history: reportHistory(layer),
    instruction: mapped === undefined || file === null ? null : reportInstruction(mapped, file),
  };
}

/** Bytes of a layer as stored; null if nobody tells. */
export function storedBytes({ compressedBytes, tarBytes }: OutlineLayer): number | null {
  return compressedBytes ?? tarBytes;
}

/** OCI image-spec layer.md, and Docker's types of before. */
function compressionOf(mediaType: string | null): Compression | null {
  if (mediaType === null) return null;
  if (/[+.]gzip$/.test(mediaType)) return 'gzip';
  if (/[+.]zstd$/.test(mediaType)) return 'zstd';
  return mediaType.endsWith('.tar') ? 'none' : null;
}

function outlineDockerfile(mapping: Mapping, file: string | null): OutlineDockerfile | null {
  const { dockerfile } = mapping;
  if (dockerfile === null || file === null) return null;
  return {
    ...reportFit(mapping, file),
    instructions: madeLayers(dockerfile, mapping).map(({ instruction, stage, layers, confidence }) => ({
      startLine: instruction.startLine,
      endLine: instruction.endLine,
      stage,
      keyword: instruction.keyword,
      text: instruction.text,
      confidence,
      layers,
      addedBytes: null,
      visibleBytes: null,
      wastedBytes: null,
      wastesBytes: null,
    })),
  };
}
