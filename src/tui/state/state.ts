import type { EntryRef } from '../../filesystem/entry-ref.ts';
import type { ByteString } from '../../text/byte-string.ts';
import type { Comparison } from '../file/comparison.ts';
import type { FileContent } from '../file/content.ts';
import type { MainPane, Pane, Size } from '../layout.ts';
import type { WasteRow } from '../model/waste-list.ts';
import type { Sorting } from '../tree/child-order.ts';

/** A layer, or the row that all layers of the base image are folded into. */
export type LayerChoice = number | 'base';

/** What the tree shows; `split` has the layer's changes above and all layers up to it below. */
export type TreeKind = 'final' | 'changes' | 'union' | 'split';

/** What is looked at, by identity: a layer, a path's node, a wasted file, a line. Row numbers are worked out from it. */
export interface State {
  readonly size: Size;
  readonly focus: Pane;
  /** The pane of those that share a place which had the focus last. */
  readonly main: MainPane;
  readonly layer: LayerChoice;
  /** Whether the base image's layers have rows of their own. */
  readonly baseOpen: boolean;
  readonly layersTop: LayerChoice;
  readonly tree: TreeState;
  readonly waste: WasteState;
  readonly dockerfile: { /** From 1. */ readonly line: number; readonly top: number };
  readonly file: FileState | null;
  readonly prompt: Prompt | null;
  readonly overlay: Overlay | null;
  readonly message: Message | null;
  /** Numbers the answers that are waited for: one to an older question is no longer wanted. */
  readonly asked: number;
}

export interface TreeState {
  readonly kind: TreeKind;
  readonly sorting: Sorting;
  readonly hideUnchanged: boolean;
  readonly onlyWaste: boolean;
  readonly pattern: string;
  /** Directories that were folded or unfolded by hand. */
  readonly flipped: ReadonlySet<number>;
  /** Those of the tree without a filter, while there is one. */
  readonly unfilteredFlipped: ReadonlySet<number>;
  readonly unfolded: 'all' | 'none' | 'few';
  /** The directory whose largest files are listed instead of the tree. */
  readonly largestIn: number | null;
  readonly attributes: boolean;
  /** Under the cursor, as far as it has a row; else the nearest directory above it is. */
  readonly node: number;
  /** First rows of both halves. */
  readonly tops: { readonly tree: number; readonly below: number };
  /** By directory: the child that the cursor left. */
  readonly lastChild: ReadonlyMap<number, number>;
}

export interface WasteState {
  readonly group: 'files' | 'directories';
  /** Null: the first one. */
  readonly row: WasteRow | null;
  readonly top: WasteRow | null;
}

/** The file that was opened last. `layer` is the one it is looked at in. */
export type FileState =
  | { readonly kind: 'waiting'; readonly path: ByteString; readonly layer: number; readonly ref: EntryRef | null }
  | { readonly kind: 'content'; readonly layer: number; readonly content: FileContent; readonly look: FileLook }
  | {
      readonly kind: 'comparison';
      readonly path: ByteString;
      readonly layer: number;
      /** The entry that the layer has there; null if it is no regular file. */
      readonly ref: EntryRef | null;
      readonly comparison: Comparison;
      readonly look: FileLook;
    };

export interface FileLook {
  readonly hex: boolean;
  /** First line, from 0. */
  readonly top: number;
  readonly scrollX: number;
  readonly query: string;
  /** Offset of the match that was jumped to. */
  readonly match: number | null;
}

/** A line that is typed into. */
export interface Prompt {
  readonly kind: 'filter' | 'search' | 'extract' | 'report';
  readonly text: string;
}

/** What is shown instead of the panes: all keys, or all that is known of the selection. `top` is its first row. */
export interface Overlay {
  readonly kind: 'help' | 'details';
  readonly top: number;
}

export interface Message {
  readonly text: string;
  readonly tone: 'info' | 'error';
}

export const startLook: FileLook = { hex: false, top: 0, scrollX: 0, query: '', match: null };

/** How a screen opens. @param size of the terminal */
export function startState(size: Size): State {
  return {
    size,
    focus: 'layers',
    main: 'tree',
    layer: 0,
    baseOpen: false,
    layersTop: 0,
    tree: {
      kind: 'final',
      sorting: { key: 'size', descending: true },
      hideUnchanged: false,
      onlyWaste: false,
      pattern: '',
      flipped: new Set(),
      unfilteredFlipped: new Set(),
      unfolded: 'few',
      largestIn: null,
      attributes: true,
      node: 0,
      tops: { tree: 0, below: 0 },
      lastChild: new Map(),
    },
    waste: { group: 'files', row: null, top: null },
    dockerfile: { line: 1, top: 1 },
    file: null,
    prompt: null,
    overlay: null,
    message: null,
    asked: 0,
  };
}
