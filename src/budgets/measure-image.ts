import type { ImageFacts } from '../comparison/image-facts.ts';
import type { Union } from '../filesystem/union.ts';
import type { PathGlob } from '../globs/path-glob.ts';
import type { Subject } from './budget.ts';
import { type LayerSums, measureLayers } from './measure-layers.ts';
import type { Measures } from './measures.ts';
import { sumPaths } from './path-sums.ts';

const nothing: LayerSums = { sizeBytes: 0, wastedBytes: 0, fileCount: 0 };

/**
 * Measures an image: what has no path by the facts, what has one by a walk over its files, the same one for all of them.
 * @param ignored paths that are left out of waste, as they were for the facts
 * @param subjects all that will be asked for
 */
export function measureImage(
  facts: ImageFacts,
  union: Union,
  ignored: readonly PathGlob[],
  subjects: readonly Subject[],
): Measures {
  const globs = new Map(subjects.flatMap(({ path }) => (path === null ? [] : [[path.text, path] as const])));
  const sums = globs.size === 0 ? [] : sumPaths(union, [...globs.values()], ignored);
  const byPath = new Map([...globs.keys()].map((text, at) => [text, sums[at]]));
  return {
    of: (subject) => {
      if (subject.path === null) return measureLayers(facts, subject);
      const byLayer = byPath.get(subject.path.text);
      if (byLayer === undefined) throw new Error(`${subject.path.text} was not to be measured`);
      return measureLayers(facts, subject, ({ index }) => byLayer.get(index) ?? nothing);
    },
    dive: facts.compat.dive,
  };
}
