import type { FileChange, FileChanges } from '../../comparison/comparison.ts';
import { formatChange } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import type { ChangedPlace } from './changed-places.ts';

/** `3 added (+30.0 MB)` and so on, without what there is none of. */
export function fileCounts(files: FileChanges): string[] {
  return (['added', 'removed', 'grown', 'shrunk'] as const).flatMap((kind) => {
    const { files: count, bytes } = files[kind];
    return count === 0 ? [] : [`${count} ${kind} (${formatChange(bytes)})`];
  });
}

const kindWords: Readonly<Record<FileChange['kind'], string>> = {
  added: 'new',
  removed: 'gone',
  grown: 'grown',
  shrunk: 'shrunk',
};

/** What became of the files at a place: `new`, `9 gone`, or `12 files` where it differs. */
export function placeCounts({ files }: ChangedPlace): string {
  const [first] = files;
  const alike = first !== undefined && files.every(({ kind }) => kind === first.kind);
  if (!alike) return plural(files.length, 'file');
  return files.length === 1 ? kindWords[first.kind] : `${files.length} ${kindWords[first.kind]}`;
}
