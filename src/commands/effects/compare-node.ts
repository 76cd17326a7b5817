import type { Filesystem } from '../../filesystem/filesystem.ts';
import { type ComparedFile, compareFiles } from '../../tui/file/compare.ts';
import type { Comparison } from '../../tui/file/comparison.ts';
import { versionAt } from '../../tui/file/file-version.ts';
import type { LoadedImage } from '../load-image.ts';
import { readFile } from './read-file.ts';

/**
 * Compares what stands at a node with what stood there in the layer below.
 * @param below the filesystem that the layer below left
 * @param here the one that the layer itself left
 * @throws LayerscopeError what `readFile` throws
 */
export async function compareNode(
  loaded: LoadedImage,
  below: Filesystem,
  here: Filesystem,
  node: number,
): Promise<Comparison> {
  return compareFiles(await readVersion(loaded, below, node), await readVersion(loaded, here, node));
}

async function readVersion(loaded: LoadedImage, tree: Filesystem, node: number): Promise<ComparedFile | null> {
  const version = versionAt(tree, node);
  if (version === null) return null;
  const isFile = version.type === 'file' && version.ref !== null;
  return { version, content: isFile ? await readFile(loaded, tree.path(node), version.ref) : null };
}
