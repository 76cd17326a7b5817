import type { ImageFacts } from '../comparison/image-facts.ts';
import type { Subject } from './budget.ts';
import { fromNumber } from './fraction.ts';
import { measureLayers } from './measure-layers.ts';
import type { Measurement, Measures } from './measures.ts';

/** What a saved report tells: everything of its layers, of paths only what its own budgets measured. */
export function measureSaved(facts: ImageFacts): Measures {
  return {
    of: (subject) => (subject.path === null ? measureLayers(facts, subject) : measuredBefore(facts, subject)),
    dive: facts.compat.dive,
  };
}

function measuredBefore({ budgets }: ImageFacts, { metric, scope, stage, path }: Subject): Measurement {
  const values = (budgets?.results ?? []).flatMap((result) =>
    result.metric === metric && result.scope === scope && result.stage === stage && result.path === path?.text
      ? (result.value ?? [])
      : [],
  );
  // With a minimum, what was noted of several layers or stages is the smallest.
  const value = values.length === 0 ? null : fromNumber(Math.max(...values));
  if (value !== null) return { kind: 'known', parts: [{ value, layer: null, culprit: null }] };
  return {
    kind: 'unknown',
    reason: `a saved report knows of paths only what its own budgets measured, and has none for ${path?.text ?? 'all paths'} like this one: save it anew with \`layerscope ci --report json=FILE\` and this budget, or take the image as the baseline`,
  };
}
