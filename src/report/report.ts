import type { ChangeCounts } from '../analysis/change-counts.ts';
import type { Gate } from '../budgets/verdict.ts';
import type { Replay } from '../cache/replay/replay.ts';
import type { WasteCause, WastedCopy } from '../analysis/waste.ts';
import type { Comparison } from '../comparison/comparison.ts';
import type { BaseEvidence, Confidence } from '../dockerfile/mapping.ts';
import type { Builder, DockerfileBuilder } from '../dockerfile/step-record.ts';
import type { HistoryEntry, RuntimeConfig } from '../image/config.ts';
import type { Digest } from '../image/digest.ts';
import type { SourceKind } from '../image/image.ts';
import type { Platform } from '../image/platform.ts';
import type { Compression } from '../layer/compression.ts';
import type { RuleName } from '../rules/rule-names.ts';
import type { Severity } from '../rules/rule.ts';
import type { DecodedPath } from '../text/decoded-path.ts';
import type { Warning } from '../warnings.ts';
import type { ReportReplayedLine } from './cache/replayed-lines.ts';

/**
 * The report: what every reporter prints, and, as it stands, the JSON that scripts read (docs/schema/report.v1.json).
 * Sizes are in bytes, paths absolute and decoded but not sanitised, times RFC 3339; what is unknown is null.
 */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'layerscope'; readonly version: string };
  readonly image: ReportImage;
  readonly layers: readonly ReportLayer[];
  readonly waste: ReportWaste;
  readonly duplicates: { readonly bytes: number; readonly groups: readonly ReportDuplicates[] };
  readonly compat: { readonly dive: ReportDive };
  readonly dockerfile: ReportDockerfile | null;
  /** Rules that were asked, whether they found something or not; those that are off are not among them. */
  readonly checkedRules: readonly RuleName[];
  readonly findings: readonly ReportFinding[];
  readonly cache: ReportCache | null;
  /** How the image stands to its budgets, where it was judged (`layerscope ci`). */
  readonly budgets: Gate | null;
  /** The image beside its baseline, where there is one. */
  readonly comparison: Comparison | null;
  readonly warnings: readonly Warning[];
}

/** What the last commits would have re-run of the Dockerfile, where the context is known and lies in a repository. */
export interface ReportCache {
  readonly builder: DockerfileBuilder;
  /** The directory, as the user calls it. */
  readonly context: string;
  readonly commits: number;
  /** The commit before the first of them, and the last one. */
  readonly range: { readonly from: string; readonly to: string };
  readonly perCommit: Replay['perCommit'];
  readonly lines: readonly ReportReplayedLine[];
}

/** Which image it is, and where it was read from. */
export interface ReportIdentity {
  readonly reference: string;
  readonly source: SourceKind;
  readonly names: readonly string[];
  readonly manifestDigest: Digest | null;
  readonly configDigest: Digest;
  readonly mediaType: string | null;
  readonly platform: Platform;
  /** All that there are of it where it was read from, this one among them. */
  readonly platforms: readonly Platform[];
  readonly created: string | null;
}

export interface ReportImage extends ReportIdentity {
  /** Regular files over all layers. */
  readonly sizeBytes: number;
  /** Of `sizeBytes`, the layers of the base image and those on top; null where nobody can tell which is which. */
  readonly baseBytes: number | null;
  readonly ownBytes: number | null;
  /** Blobs as stored; null where any layer is uncompressed. */
  readonly compressedBytes: number | null;
  readonly layerCount: number;
  /** Entries of the final filesystem that are no directories. */
  readonly fileCount: number;
  readonly config: RuntimeConfig;
}

export interface ReportLayer extends ChangeCounts {
  readonly index: number;
  readonly diffId: Digest | null;
  readonly digest: Digest | null;
  readonly mediaType: string | null;
  readonly compression: Compression;
  readonly compressedBytes: number | null;
  readonly tarBytes: number | null;
  readonly sizeBytes: number;
  readonly entryCount: number;
  /** Entries of the final filesystem that are no directories and stand in this layer. */
  readonly fileCount: number;
  /** Bytes this layer holds that the final filesystem does not show. */
  readonly wastedBytes: number;
  readonly origin: 'base' | 'own' | 'unknown';
  readonly history: Omit<HistoryEntry, 'emptyLayer'> | null;
  readonly instruction: ReportInstruction | null;
}

/** The lines that made a layer, and how sure that is. */
export interface ReportInstruction {
  readonly file: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly stage: string;
  readonly keyword: string;
  readonly text: string;
  readonly confidence: Confidence;
}

/** The Dockerfile with its costs. */
export interface ReportDockerfile {
  readonly file: string;
  /** Who built the image, told from its history. */
  readonly builder: Builder;
  /** Layers of the base image, and what told; null where nobody can tell. */
  readonly baseLayers: number | null;
  readonly baseEvidence: BaseEvidence;
  /** Layers that are not known to be the base's and have no line. */
  readonly unmatchedLayers: number;
  /** Instructions that can make a layer and made none of this image: the file was edited since, or is another one. */
  readonly unmatchedInstructions: number;
  /** Every instruction, in the order of the file. */
  readonly instructions: readonly ReportLineCost[];
}

export interface ReportLineCost {
  readonly startLine: number;
  readonly endLine: number;
  readonly stage: string | null;
  readonly keyword: string;
  readonly text: string;
  readonly confidence: Confidence | null;
  readonly layers: readonly number[];
  readonly addedBytes: number;
  readonly visibleBytes: number;
  readonly wastedBytes: number;
  /** Bytes of any layer that this instruction made useless. */
  readonly wastesBytes: number;
}

/** Something to change (docs/rules). */
export interface ReportFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  readonly location: { readonly file: string; readonly startLine: number; readonly endLine: number } | null;
  readonly layer: number | null;
  readonly path: string | null;
  readonly pathBase64?: string;
  readonly bytes: number | null;
  readonly seconds: number | null;
  readonly fix: string | null;
}

/** A dead copy, with the lines that wrote it and that made it so. */
export interface ReportWastedCopy extends WastedCopy {
  readonly line: number | null;
  readonly wastedByLine: number | null;
}

export interface ReportWastedFile extends DecodedPath {
  readonly bytes: number;
  readonly cause: WasteCause;
  readonly copies: readonly ReportWastedCopy[];
  readonly wastedByLayer: number;
}

export interface ReportWaste {
  readonly bytes: number;
  /** Of `image.sizeBytes`, 0 to 100. */
  readonly percent: number;
  readonly byCause: Readonly<Record<WasteCause, number>>;
  readonly own: { readonly bytes: number | null };
  readonly base: { readonly bytes: number | null };
  /** What a configuration leaves out of all of this, in dead copies. */
  readonly ignored: { readonly bytes: number; readonly files: number };
  readonly files: readonly ReportWastedFile[];
}

export interface ReportDuplicates {
  /** What a single copy would save. */
  readonly bytes: number;
  readonly fileBytes: number;
  readonly count: number;
  readonly digest: Digest;
  readonly paths: readonly string[];
  /** By path, where any of them is not UTF-8. */
  readonly pathsBase64?: readonly (string | null)[];
}

export interface ReportDive {
  readonly efficiencyScore: number;
  readonly wastedBytes: number;
  readonly userWastedPercent: number | null;
  readonly sizeBytes: number;
  readonly userSizeBytes: number;
}
