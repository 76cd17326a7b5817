import { closeSync } from 'node:fs';
import { readContents, type ReadableLayer } from '../layer/read-contents.ts';
import { createPause } from './pause.ts';
import type { ExtractionPlan, PlannedFile } from './plan.ts';
import type { TargetDirectory } from './target-directory.ts';

export interface ExtractionOptions {
  /** Whether setuid, setgid and sticky bits are kept. */
  readonly setuid: boolean;
  /** Gives the layer that holds a file's content. */
  readonly layer: (layer: number) => ReadableLayer;
}

/** Carries out a plan. @throws LayerscopeError; what was created until then is still there */
export async function extract(
  plan: ExtractionPlan,
  target: TargetDirectory,
  options: ExtractionOptions,
): Promise<void> {
  const modeMask = options.setuid ? 0o7777 : 0o777;
  const pause = createPause();
  const each = async <Item>(items: readonly Item[], act: (item: Item) => void): Promise<void> => {
    for (const item of items) {
      await pause();
      act(item);
    }
  };
  await each(plan.directories, ({ path }) => target.makeDirectory(path));
  for (const [layer, files] of byLayer(plan.files))
    await writeFiles(options.layer(layer), files, target, modeMask, pause);
  await each(plan.hardlinks, ({ path, target: first }) => target.makeHardlink(path, first));
  await each(plan.symlinks, ({ path, target: to }) => target.makeSymlink(path, to));
  // Children first: a directory's own mode may forbid to change what is in it.
  await each(plan.directories.toReversed(), ({ path, mode, mtime }) =>
    target.finishDirectory(path, mode & modeMask, mtime),
  );
}

/** The files of each layer in the order of its tar, so that every layer is read once, front to back. */
function byLayer(files: readonly PlannedFile[]): Map<number, PlannedFile[]> {
  const layers = new Map<number, PlannedFile[]>();
  for (const file of files) {
    const known = layers.get(file.ref.layer);
    if (known === undefined) layers.set(file.ref.layer, [file]);
    else known.push(file);
  }
  for (const list of layers.values()) list.sort((a, b) => a.ref.entry - b.ref.entry);
  return layers;
}

async function writeFiles(
  layer: ReadableLayer,
  files: readonly PlannedFile[],
  target: TargetDirectory,
  modeMask: number,
  pause: () => Promise<void>,
): Promise<void> {
  const pieces = readContents(
    layer,
    files.map(({ ref }) => ref.entry),
  )[Symbol.asyncIterator]();
  let piece = await pieces.next();
  try {
    for (const { path, ref, size, mode, mtime } of files) {
      const fd = target.createFile(path);
      try {
        while (piece.done !== true && piece.value.row === ref.entry) {
          await pause();
          target.write(fd, path, piece.value.piece, piece.value.position);
          piece = await pieces.next();
        }
        target.finishFile(fd, path, size, mode & modeMask, mtime);
      } finally {
        closeSync(fd);
      }
    }
  } finally {
    await pieces.return?.(undefined);
  }
}
