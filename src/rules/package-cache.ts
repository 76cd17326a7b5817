import { formatBytes } from '../text/bytes.ts';
import { plural } from '../text/plural.ts';
import { groupBy, sumOf } from './group-by.ts';
import { commonDirectory, filesByDirectory, ownLayers } from './layer-files.ts';
import { packageCacheOf } from './package-caches.ts';
import type { Rule, RuleFinding, RuleInput } from './rule.ts';

/** Less is lock files and empty indexes. */
const minimumBytes = 4096;

/** A package manager's downloads and lists in a layer, whether the final filesystem shows them or not. */
export const packageCache: Rule = {
  name: 'package-cache',
  check: (input) => ownLayers(input).flatMap((layer) => checkLayer(input, layer)),
};

function checkLayer(input: RuleInput, layer: number): RuleFinding[] {
  const place = input.steps[layer]?.place ?? `layer ${layer}`;
  const byManager = groupBy(filesByDirectory(input, layer, packageCacheOf), (file) => file.class);
  const findings = [...byManager].map(([cache, files]): RuleFinding => {
    const bytes = sumOf(files, (file) => file.bytes);
    const hidden = sumOf(files, (file) => (file.visible ? 0 : file.bytes));
    const late =
      hidden === 0 ? '' : ` A later step deletes or replaces ${formatBytes(hidden)} of it, which saves nothing.`;
    return {
      severity: 'warning',
      message: `${place} leaves ${formatBytes(bytes)} of ${cache.manager} cache in ${plural(files.length, 'file')}.${late}`,
      help: cache.help,
      layer,
      path: commonDirectory(files.map((file) => file.path)),
      bytes,
      fix: `RUN --mount=type=cache,target=${cache.mount} …`,
    };
  });
  return findings.filter(({ bytes }) => bytes >= minimumBytes);
}
