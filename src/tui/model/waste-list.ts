import type { WasteCause } from '../../analysis/waste.ts';
import type { ReportWastedCopy, ReportWastedFile } from '../../report/report.ts';

/** A wasted file, or all of those in one directory: a row of the waste pane. */
export interface WasteRow {
  /** Decoded, not sanitised. */
  readonly path: string;
  readonly bytes: number;
  /** Null where a directory's files died in several ways. */
  readonly cause: WasteCause | null;
  /** Dead copies, lowest layer first; of a directory, one for each pair of layers. */
  readonly copies: readonly ReportWastedCopy[];
  /** Of a directory: how many files. */
  readonly files?: number;
}

/** What is wasted, by file and by directory, the largest first. */
export class WasteList {
  readonly files: readonly WasteRow[];
  private known: readonly WasteRow[] | null = null;

  constructor(files: readonly ReportWastedFile[]) {
    this.files = files;
  }

  /** By the directory that the files lie in. Worked out when it is first asked for. */
  get directories(): readonly WasteRow[] {
    return (this.known ??= byDirectory(this.files));
  }
}

/** The wasted files of one directory. Their copies are put together when they are looked at: few of them ever are. */
class WastedDirectory implements WasteRow {
  readonly path: string;
  bytes = 0;
  cause: WasteCause | null;
  private readonly rows: WasteRow[] = [];
  private merged: readonly ReportWastedCopy[] | null = null;

  constructor(path: string, cause: WasteCause | null) {
    this.path = path;
    this.cause = cause;
  }

  add(file: WasteRow): void {
    this.rows.push(file);
    this.bytes += file.bytes;
    if (this.cause !== file.cause) this.cause = null;
  }

  get files(): number {
    return this.rows.length;
  }

  get copies(): readonly ReportWastedCopy[] {
    return (this.merged ??= mergeCopies(this.rows));
  }
}

function byDirectory(files: readonly WasteRow[]): WasteRow[] {
  const groups = new Map<string, WastedDirectory>();
  for (const file of files) {
    const directory = file.path.slice(0, file.path.lastIndexOf('/')) || '/';
    let group = groups.get(directory);
    if (group === undefined) {
      group = new WastedDirectory(directory, file.cause);
      groups.set(directory, group);
    }
    group.add(file);
  }
  return [...groups.values()].sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1));
}

function mergeCopies(group: readonly WasteRow[]): ReportWastedCopy[] {
  // Added up in place: a directory may hold all that an image wastes.
  const merged = new Map<string, { -readonly [Key in keyof ReportWastedCopy]: ReportWastedCopy[Key] }>();
  for (const { copies } of group)
    for (const copy of copies) {
      const key = `${copy.layer} ${copy.wastedByLayer}`;
      const known = merged.get(key);
      if (known === undefined) merged.set(key, { ...copy });
      else known.bytes += copy.bytes;
    }
  return [...merged.values()].sort((a, b) => a.layer - b.layer || a.wastedByLayer - b.wastedByLayer);
}
