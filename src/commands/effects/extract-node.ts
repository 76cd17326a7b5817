import type { ExtractionPlan } from '../../extraction/plan.ts';
import type { Filesystem } from '../../filesystem/filesystem.ts';
import { formatBytes } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import { sanitize } from '../../text/sanitize.ts';
import { extractTree } from '../extract-tree.ts';
import type { Host } from '../host.ts';
import type { LoadedImage } from '../load-image.ts';

/**
 * Extracts a node and all below it into a directory, without setuid bits. What is there already is never replaced; a
 * failure leaves nothing behind.
 * @param tree the final filesystem, or the one that a layer left
 * @returns what was done, such as `Extracted 12 files, 3.4 MB to ./out`
 * @throws LayerscopeError `target-exists`, `target-failed`, `target-unsafe`, and what reading a layer throws
 */
export async function extractNode(
  host: Host,
  loaded: LoadedImage,
  tree: Filesystem,
  node: number,
  output: string,
): Promise<string> {
  const plan = await extractTree(host, loaded, { tree, node, output, setuid: false });
  const skipped = plan.skipped === 0 ? '' : `; left out ${plural(plan.skipped, 'device or pipe', 'devices and pipes')}`;
  return `Extracted ${sayPlan(plan)} to ${sanitize(output)}${skipped}`;
}

function sayPlan({ directories, files, hardlinks, symlinks }: ExtractionPlan): string {
  const names = files.length + hardlinks.length;
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const kinds = [
    ...(names > 0 ? [`${plural(names, 'file')}, ${formatBytes(bytes)}`] : []),
    ...(symlinks.length > 0 ? [plural(symlinks.length, 'symbolic link')] : []),
  ];
  if (kinds.length > 0) return kinds.join(' and ');
  return directories.length > 0 ? plural(directories.length, 'directory', 'directories') : 'nothing';
}
