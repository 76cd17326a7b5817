import { chmod, chown, link, lutimes, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type ContextNode,
  type DirectoryNode,
  emptyContext,
  type FileNode,
  nodeAt,
  type TreeChange,
  withChanges,
} from '../../../src/context/context-tree.ts';
import { IgnoredTree } from '../../../src/context/ignored-tree.ts';
import { createIgnore } from '../../../src/dockerfile/ignore-file.ts';
import type { BuildState, ContextEntry, TruthBuilder } from './cache-case.ts';

type NamedEntry = readonly [path: string, entry: ContextEntry];

/** Directories first, so that what is said of them is not said again by what is in them. */
function entriesOf({ dockerfile, files }: BuildState): readonly NamedEntry[] {
  const all: NamedEntry[] = [['Dockerfile', dockerfile], ...Object.entries(files)];
  const isDirectory = ([, entry]: NamedEntry): boolean => typeof entry === 'object' && 'directory' in entry;
  return [...all.filter(isDirectory), ...all.filter((each) => !isDirectory(each))];
}

/** Writes a build context into a new folder; whatever the umask is, modes are what the state says. */
export async function writeContext(state: BuildState, folder: string): Promise<void> {
  const made = async (path: string): Promise<void> => {
    if (path === '.' || path === '') return;
    await made(dirname(path));
    await mkdir(join(folder, path)).then(
      async () => await chmod(join(folder, path), 0o755),
      () => undefined,
    );
  };
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  for (const [path, entry] of entriesOf(state)) {
    await made(dirname(path));
    await write(folder, path, entry);
  }
}

async function write(folder: string, path: string, entry: ContextEntry): Promise<void> {
  const full = join(folder, path);
  if (typeof entry === 'string') {
    await write(folder, path, { file: entry });
  } else if ('file' in entry) {
    await writeFile(full, entry.file);
    if (entry.owner !== undefined) await chown(full, entry.owner, entry.owner);
    // After the owner, whose change takes setuid away.
    await chmod(full, entry.mode ?? 0o644);
    if (entry.time !== undefined) await lutimes(full, entry.time, entry.time);
  } else if ('symlink' in entry) {
    await symlink(entry.symlink, full);
  } else if ('hardLink' in entry) {
    await link(join(folder, entry.hardLink), full);
  } else {
    await mkdir(full, { recursive: true });
    await chmod(full, entry.directory);
  }
}

/** All that is in the directory. */
export function wholeTree(state: BuildState): DirectoryNode {
  const entries = entriesOf(state);
  const changes = entries.map(([path, entry]): TreeChange => ({ path, node: nodeOf(entry, new Map(entries)) }));
  return withChanges(emptyContext, changes);
}

/** What the builder is sent. */
export function sentTree(tree: DirectoryNode, builder: TruthBuilder): DirectoryNode {
  const ignore = ignoreNames[builder]
    .map((name) => nodeAt(tree, name))
    .find((node): node is FileNode => node?.kind === 'file');
  return ignore === undefined ? tree : new IgnoredTree(createIgnore(ignore.content)).of(tree);
}

/** The files that a builder looks for, the first one that is there decides. */
const ignoreNames: Readonly<Record<TruthBuilder, readonly string[]>> = {
  buildkit: ['Dockerfile.dockerignore', '.dockerignore'],
  classic: ['.dockerignore'],
  buildah: ['Dockerfile.containerignore', 'Dockerfile.dockerignore', '.containerignore', '.dockerignore'],
};

function nodeOf(entry: ContextEntry, entries: ReadonlyMap<string, ContextEntry>): ContextNode {
  if (typeof entry === 'string') return { kind: 'file', mode: 0o644, content: entry };
  if ('file' in entry) return { kind: 'file', mode: entry.mode ?? 0o644, content: entry.file };
  if ('symlink' in entry) return { kind: 'symlink', target: entry.symlink };
  if ('directory' in entry) return { kind: 'directory', mode: entry.directory, children: new Map() };
  const named = entries.get(entry.hardLink);
  if (named === undefined) throw new Error(`nothing to link to: ${entry.hardLink}`);
  return nodeOf(named, entries);
}
