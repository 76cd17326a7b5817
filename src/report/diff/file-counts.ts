import type { FileChanges } from '../../comparison/comparison.ts';
import { formatChange } from '../../text/bytes.ts';

/** `3 added (+30.0 MB)` and so on, without what there is none of. */
export function fileCounts(files: FileChanges): string[] {
  return (['added', 'removed', 'grown', 'shrunk'] as const).flatMap((kind) => {
    const { files: count, bytes } = files[kind];
    return count === 0 ? [] : [`${count} ${kind} (${formatChange(bytes)})`];
  });
}
