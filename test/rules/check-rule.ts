import { findDuplicates } from '../../src/analysis/duplicates.ts';
import { findIgnored } from '../../src/analysis/ignored-content.ts';
import type { EntryRef } from '../../src/filesystem/entry-ref.ts';
import type { LayerStep, Rule, RuleFinding } from '../../src/rules/rule.ts';
import type { Item } from '../write-layer.ts';
import { layer } from '../write-layer.ts';
import { globsOf } from '../globs/globs-of.ts';
import { stack } from '../stack-layers.ts';

/** A layer of a test image: what it holds, and the step that made it. */
export interface Step {
  readonly run: string;
  readonly holds: Readonly<Record<string, Item>>;
  readonly origin?: LayerStep['origin'];
  readonly copiesFrom?: LayerStep['copiesFrom'];
}

/** Runs one rule over an image of these steps; places are called `step 0`, `step 1` and so on. */
export function check(rule: Rule, ...steps: readonly Step[]): RuleFinding[] {
  return checkIgnoring([], rule, ...steps);
}

/** The same with paths that are left out of waste. */
export function checkIgnoring(ignore: readonly string[], rule: Rule, ...steps: readonly Step[]): RuleFinding[] {
  const { union, contents } = stack(...steps.map(({ holds }) => layer(holds)));
  const textOf = ({ layer: at, entry }: EntryRef): Buffer | null => {
    const path = union.layers[at]?.path(entry) ?? '';
    const content = steps[at]?.holds[path]?.content;
    return content === undefined ? null : Buffer.from(content);
  };
  return rule.check({
    union,
    contents,
    duplicates: findDuplicates(union, contents),
    ignored: findIgnored(union, globsOf(...ignore)),
    steps: steps.map(({ run, origin = 'own', copiesFrom = null }, at) => ({
      keyword: run.split(' ')[0] ?? null,
      origin,
      copiesFrom,
      place: `step ${at}`,
      shortPlace: `step ${at}`,
    })),
    textOf,
  });
}
