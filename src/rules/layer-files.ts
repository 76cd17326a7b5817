import type { ByteString } from '../text/byte-string.ts';
import type { RuleInput } from './rule.ts';

/** A regular file in a layer, whether the final filesystem shows it or not. */
export interface LayerFile {
  readonly layer: number;
  readonly entry: number;
  /** Absolute, as the layer names it. */
  readonly path: ByteString;
  readonly bytes: number;
  readonly visible: boolean;
}

/** The layers that are not known to be the base image's. */
export function ownLayers({ steps }: RuleInput): number[] {
  return steps.flatMap(({ origin }, layer) => (origin === 'base' ? [] : [layer]));
}

/** As Linux: no system can have a longer path, and patterns are not tried on what an attacker makes up. */
const longestPath = 4096;

/**
 * Sorts the files of a layer by what their directory means. What is dead and ignored is left out.
 * @param classify gets each distinct directory once, absolute and with a slash at the end; null: of no interest
 */
export function* filesByDirectory<Class>(
  { union: { layers, links }, ignored }: Pick<RuleInput, 'union' | 'ignored'>,
  layer: number,
  classify: (dir: ByteString) => Class | null,
): Generator<LayerFile & { readonly class: Class }, void, void> {
  const view = layers[layer];
  if (view === undefined) return;
  const classes = new Map<number, Class | null>();
  for (let entry = 0; entry < view.index.count; entry++) {
    const bytes = view.size(entry);
    if (bytes === 0 || ignored.has({ layer, entry })) continue;
    const id = view.index.dir[entry] ?? 0;
    let found = classes.get(id);
    if (found === undefined) {
      const dir = view.string(id);
      classes.set(id, (found = dir.length > longestPath ? null : classify(dir === '' ? '/' : `/${dir}/`)));
    }
    if (found === null) continue;
    const path = `/${view.path(entry)}`;
    yield { layer, entry, path, bytes, visible: links.isVisible({ layer, entry }), class: found };
  }
}

/** The directory that all paths share, without a slash at the end; the path itself if there is one only. */
export function commonDirectory(paths: readonly ByteString[]): ByteString {
  const [first = '/', ...rest] = paths;
  if (rest.length === 0) return first;
  let common = first.slice(0, first.lastIndexOf('/') + 1);
  for (const path of rest)
    while (!path.startsWith(common)) common = common.slice(0, common.lastIndexOf('/', common.length - 2) + 1);
  return common === '/' ? '/' : common.slice(0, -1);
}
