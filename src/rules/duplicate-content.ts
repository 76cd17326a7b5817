import { redundantBytes } from '../analysis/duplicates.ts';
import { printable } from '../text/byte-string.ts';
import { formatBytes } from '../text/bytes.ts';
import type { EntryRef } from '../filesystem/entry-ref.ts';
import { findPath } from '../filesystem/find-path.ts';
import { groupBy, sumOf } from './group-by.ts';
import type { Rule, RuleFinding, RuleInput } from './rule.ts';

/** Below this a second copy is mostly meant: licences, empty templates, compiled stubs. */
const minimumBytes = 64 * 1024;

/** The same content at several places of the final filesystem, by the pair of lines that put it there. */
export const duplicateContent: Rule = {
  name: 'duplicate-content',
  check: (input) => {
    const copies = input.duplicates.map((group) => {
      const refs = group.paths.map((path) => inodeOf(input, path));
      const layers = [...new Set(refs.map((ref) => ref?.layer ?? 0))].sort((a, b) => a - b);
      return { group, layers };
    });
    const own = copies.filter(({ layers }) => layers.some((layer) => input.steps[layer]?.origin !== 'base'));
    return [...groupBy(own, ({ layers }) => layers.join(' ')).values()].flatMap((alike): RuleFinding[] => {
      const bytes = sumOf(alike, ({ group }) => redundantBytes(group));
      const [first] = alike;
      if (first === undefined || bytes < minimumBytes) return [];
      const places = first.layers.map((layer) => input.steps[layer]?.place ?? `layer ${layer}`);
      const example = first.group.paths.slice(0, 2).map(printable).join(' and ');
      const last = first.layers.at(-1) ?? null;
      return [
        {
          severity: 'info',
          message: `${places.join(' and ')} ${places.length === 1 ? 'stores' : 'store'} the same content more than once: ${formatBytes(bytes)} too many, ${example} first.`,
          help: 'Keep one copy and link to it (ln, or a symbolic link), or copy it only where it is used.',
          layer: last,
          path: first.group.paths[0] ?? null,
          bytes,
          fix: null,
        },
      ];
    });
  },
};

function inodeOf({ union: { tree } }: RuleInput, path: string): EntryRef | null {
  const found = findPath(tree, path, 'keep');
  return found.kind === 'node' ? tree.inode(found.node) : null;
}
