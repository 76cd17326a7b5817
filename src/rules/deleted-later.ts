import { formatBytes } from '../text/bytes.ts';
import { plural } from '../text/plural.ts';
import { commonDirectory } from './layer-files.ts';
import { packageCacheOf } from './package-caches.ts';
import { isCopy, type LayerStep, type Rule, type RuleFinding } from './rule.ts';
import { bytesOf, wastedPairs } from './wasted-pairs.ts';

/** Less than a block is no reason to change a Dockerfile. */
const minimumBytes = 4096;

/** Files that a later line deletes: they are shipped, and nobody sees them. */
export const deletedLater: Rule = {
  name: 'deleted-later',
  check: (input) =>
    wastedPairs(input, 'deleted').flatMap((pair): RuleFinding[] => {
      // Caches have a rule of their own, with better advice.
      const files = pair.files.filter(({ path }) => packageCacheOf(path) === null);
      const bytes = bytesOf({ files });
      const holder = input.steps[pair.layer];
      const deleter = input.steps[pair.byLayer];
      if (bytes < minimumBytes || holder === undefined || deleter === undefined || pair.layer === pair.byLayer)
        return [];
      const deletes = `${deleter.place} deletes ${formatBytes(bytes)} in ${plural(files.length, 'file')} that ${holder.place} wrote`;
      return [
        {
          severity: 'warning',
          message: `${deletes}. The bytes stay in the image.`,
          help: adviceFor(holder, deleter),
          layer: pair.layer,
          path: commonDirectory(files.map(({ path }) => path)),
          bytes,
          fix: null,
        },
      ];
    }),
};

function adviceFor(holder: LayerStep, deleter: LayerStep): string {
  if (isCopy(holder))
    return holder.copiesFrom === 'context'
      ? 'Do not copy them: name only what is needed, list the rest in .dockerignore, or use RUN --mount=type=bind.'
      : 'Do not copy them: name only what is needed, or use RUN --mount=type=bind for what a step reads and the image does not keep.';
  return `Merge the two: delete in the same RUN as ${holder.shortPlace}, or do both in a stage and copy the result; ${deleter.shortPlace} has nothing left to do then.`;
}
