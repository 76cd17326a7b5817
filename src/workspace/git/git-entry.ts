import type { ContextNode } from '../../context/context-tree.ts';
import { type ByteString, decodeBytes } from '../../text/byte-string.ts';
import { contentOfBlob, contentOfCommit } from './content-name.ts';
import type { Repository } from './open-repository.ts';
import { readBlobs } from './read-blobs.ts';

/** What a commit has at a path of the context, or makes of it; null where it is gone. */
export interface GitEntry {
  /** In the context. */
  readonly path: string;
  readonly object: GitObject | null;
}

interface GitObject {
  /** As git has it, the type included. */
  readonly mode: number;
  readonly id: string;
}

const fileTypes = 0o170000;
const symlink = 0o120000;
const submodule = 0o160000;

/** As in Linux' PATH_MAX: what is longer cannot be checked out. */
const longestPath = 4096;

/**
 * The path in the context of one in the repository; null where it is in no context that could be: outside, the context
 * itself, which is then no directory, or too long.
 */
export function pathInContext(path: ByteString, prefix: ByteString): string | null {
  if (path.length > longestPath) return null;
  if (prefix === '') return decodeBytes(path);
  return path.startsWith(`${prefix}/`) ? decodeBytes(path.slice(prefix.length + 1)) : null;
}

/** Targets of links are in objects of their own. */
export async function readLinkTargets(
  repository: Repository,
  entries: readonly GitEntry[],
): Promise<ReadonlyMap<string, string>> {
  const links = entries.flatMap(({ object }) =>
    object !== null && (object.mode & fileTypes) === symlink ? [object.id] : [],
  );
  return await readBlobs(repository, [...new Set(links)], longestPath);
}

/** As git checks it out where the umask is 022. */
export function toNode({ object }: GitEntry, linkTargets: ReadonlyMap<string, string>): ContextNode | null {
  if (object === null) return null;
  const { mode, id } = object;
  switch (mode & fileTypes) {
    case symlink:
      return { kind: 'symlink', target: linkTargets.get(id) ?? contentOfBlob(id) };
    case submodule:
      return { kind: 'file', mode: 0o755, content: contentOfCommit(id) };
    default:
      return { kind: 'file', mode: (mode & 0o100) === 0 ? 0o644 : 0o755, content: contentOfBlob(id) };
  }
}
