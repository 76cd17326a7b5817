import type { WasteCause, WastedFile } from './waste.ts';

/** What one layer wasted of another's bytes, for one cause: the pair of steps that a Dockerfile has to change. */
export interface StepWaste {
  readonly cause: WasteCause;
  /** The layer that holds the bytes. */
  readonly layer: number;
  /** The layer that made them useless. */
  readonly wastedByLayer: number;
  readonly bytes: number;
  readonly files: number;
}

/** Waste by pairs of layers, most bytes first. */
export function wasteBySteps(files: readonly Pick<WastedFile, 'cause' | 'copies'>[]): StepWaste[] {
  const pairs = new Map<string, { -readonly [Key in keyof StepWaste]: StepWaste[Key] }>();
  for (const { cause, copies } of files)
    for (const { layer, wastedByLayer, bytes } of copies) {
      const key = `${cause} ${layer} ${wastedByLayer}`;
      const known = pairs.get(key);
      if (known === undefined) pairs.set(key, { cause, layer, wastedByLayer, bytes, files: 1 });
      else {
        known.bytes += bytes;
        known.files++;
      }
    }
  return [...pairs.values()].sort(
    (a, b) => b.bytes - a.bytes || a.layer - b.layer || a.wastedByLayer - b.wastedByLayer,
  );
}
