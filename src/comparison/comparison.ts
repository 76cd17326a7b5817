import type { DecodedPath } from '../text/decoded-path.ts';

/** Two images side by side: what `diff` prints, and what a report says of its baseline. Bytes as in the report. */
export interface Comparison {
  readonly old: ComparedImage;
  readonly new: ComparedImage;
  readonly size: Change;
  readonly compressed: Change | null;
  readonly own: Change | null;
  readonly base: Change | null;
  readonly wasted: Change;
  readonly fileCount: Change;
  readonly layers: {
    /** The same layer in both, wherever it stands. */
    readonly shared: readonly SharedLayer[];
    readonly added: readonly ComparedLayer[];
    readonly removed: readonly ComparedLayer[];
  };
  /** Where the growth comes from: by line, most growth first. The changes add up to that of the size. */
  readonly lines: readonly LineGrowth[];
  readonly pull: Pull;
  /** Null where one of the two is a saved report, which has no list of files. */
  readonly files: FileChanges | null;
}

export interface Change {
  readonly old: number;
  readonly new: number;
  /** new - old. */
  readonly change: number;
}

export interface ComparedImage {
  readonly reference: string;
  readonly manifestDigest: string | null;
  readonly configDigest: string;
  readonly layerCount: number;
}

export interface ComparedLayer {
  readonly index: number;
  readonly diffId: string | null;
  readonly digest: string | null;
  readonly sizeBytes: number;
  readonly compressedBytes: number | null;
  /** Line of the Dockerfile; null where it is not known. */
  readonly line: number | null;
  /** The step on one line, fit to print. */
  readonly step: string;
}

export interface SharedLayer extends ComparedLayer {
  readonly oldIndex: number;
}

/** What a step puts into the new image, beside what the same step, or the one in its place, put into the old one. */
export interface LineGrowth {
  /**
   * `base`: all layers of the base image together. `same`: the step is written as before. `edited`: it stands where another
   * one of its kind stood. `added` and `removed`: it is in one image only.
   */
  readonly kind: 'base' | 'same' | 'edited' | 'added' | 'removed';
  /** Of the new image's Dockerfile, and of the old one's for what was removed; null where it is not known. */
  readonly location: { readonly file: string; readonly startLine: number; readonly endLine: number } | null;
  readonly stage: string | null;
  /** On one line, fit to print. */
  readonly text: string;
  readonly oldLayers: readonly number[];
  readonly newLayers: readonly number[];
  readonly oldBytes: number;
  readonly newBytes: number;
  /** newBytes - oldBytes. */
  readonly change: number;
}

/**
 * What a host that has the old image fetches for the new one: blobs of layers, without manifest and configuration. Who keeps
 * the images tells what is there already (test/engines/pull.test.ts).
 */
export interface Pull {
  /** podman, buildah and CRI-O: each blob that the old image does not have. */
  readonly podman: PullAmount;
  /**
   * containerd, and Docker with its image store: of those, none whose content is unpacked on top of the same layers
   * already, though it was compressed anew.
   */
  readonly containerd: PullAmount;
  /** Docker's own store: the first layer with another blob, and all above it. */
  readonly docker: PullAmount;
}

export interface PullAmount {
  /** A blob that is in an image several times counts once. */
  readonly layers: number;
  /** Null where nobody knows the compressed size of one of them. */
  readonly compressedBytes: number | null;
  /** Of the same, as tars; null where a layer's tar was not read. */
  readonly tarBytes: number | null;
}

export interface FileChanges {
  readonly added: FileTotals;
  readonly removed: FileTotals;
  readonly grown: FileTotals;
  readonly shrunk: FileTotals;
  /** By size of the change, largest first. */
  readonly entries: readonly FileChange[];
}

export interface FileTotals {
  readonly files: number;
  /** Of the final filesystem; below 0 for what is removed or shrunk. A hard link's content counts once. */
  readonly bytes: number;
}

export interface FileChange extends DecodedPath {
  readonly kind: 'added' | 'removed' | 'grown' | 'shrunk';
  readonly oldBytes: number | null;
  readonly newBytes: number | null;
  readonly change: number;
  /** That holds it in the new image, or held it in the old one; and the line that made that. */
  readonly layer: number;
  readonly line: number | null;
}
