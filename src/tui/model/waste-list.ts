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

function byDirectory(files: readonly WasteRow[]): WasteRow[] {
  const groups = new Map<string, WasteRow[]>();
  for (const file of files) {
    const directory = file.path.slice(0, file.path.lastIndexOf('/')) || '/';
    const group = groups.get(directory);
    if (group === undefined) groups.set(directory, [file]);
    else group.push(file);
  }
  return [...groups]
    .map(([path, group]) => ({
      path,
      bytes: group.reduce((sum, { bytes }) => sum + bytes, 0),
      cause: group.every(({ cause }) => cause === group[0]?.cause) ? (group[0]?.cause ?? null) : null,
      copies: mergeCopies(group),
      files: group.length,
    }))
    .sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1));
}

function mergeCopies(group: readonly WasteRow[]): ReportWastedCopy[] {
  const merged = new Map<string, ReportWastedCopy>();
  for (const copy of group.flatMap(({ copies }) => copies)) {
    const key = `${copy.layer} ${copy.wastedByLayer}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? copy : { ...known, bytes: known.bytes + copy.bytes });
  }
  return [...merged.values()].sort((a, b) => a.layer - b.layer || a.wastedByLayer - b.wastedByLayer);
}
