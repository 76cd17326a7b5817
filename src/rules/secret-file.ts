import { isKeptName, keptFileLimit } from '../layer/kept-content.ts';
import { printable } from '../text/byte-string.ts';
import { ownLayers } from './layer-files.ts';
import type { Rule, RuleFinding, RuleInput } from './rule.ts';
import { secretIn } from './secret-shapes.ts';

/** Credentials in a layer. Deleting them later hides them from the container, not from who pulls the image. */
export const secretFile: Rule = {
  name: 'secret-file',
  check: (input) => ownLayers(input).flatMap((layer) => checkLayer(input, layer)),
};

function checkLayer(input: RuleInput, layer: number): RuleFinding[] {
  const view = input.union.layers[layer];
  if (view === undefined) return [];
  const findings: RuleFinding[] = [];
  const place = input.steps[layer]?.place ?? `layer ${layer}`;
  const named = new Map<number, boolean>();
  for (let entry = 0; entry < view.index.count; entry++) {
    const size = view.size(entry);
    if (size === 0 || size > keptFileLimit) continue;
    // A name is tried once: in a tree of packages most of them repeat.
    const id = view.index.name[entry] ?? 0;
    let wanted = named.get(id);
    if (wanted === undefined) named.set(id, (wanted = isKeptName(view.name(entry))));
    if (!wanted) continue;
    const content = input.textOf({ layer, entry });
    const what = content === null ? null : secretIn(content);
    if (what === null) continue;
    const path = `/${view.path(entry)}`;
    const gone = input.union.links.isVisible({ layer, entry })
      ? ''
      : ' A later step removes it, but whoever has the image has it.';
    findings.push({
      severity: 'error',
      message: `${place} puts ${what} into the image: ${printable(path)}.${gone}`,
      help: 'Give it to the step that needs it with RUN --mount=type=secret, list the file in .dockerignore, and replace the credential: it has been published with every push.',
      layer,
      path,
      bytes: size,
      fix: null,
    });
  }
  return findings;
}
