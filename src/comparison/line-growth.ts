import { sumOf } from '../rules/group-by.ts';
import { type AlignedStep, alignSteps, pairEdited, pairMoved } from './align-steps.ts';
import { type LayerPair, pairShared } from './compare-layers.ts';
import type { LineGrowth } from './comparison.ts';
import type { LayerFacts } from './image-facts.ts';
import { stepText, stepWords } from './step-words.ts';

/**
 * Where the growth of an image comes from, most first. Each layer of both images is in one row, so the changes add up.
 *
 * The same layers are the same step wherever they stand. The rest are aligned in their order by how the steps are
 * written; of what is left, a step written as before was moved, and one of the same kind at the same place was edited.
 */
export function lineGrowth(old: readonly LayerFacts[], now: readonly LayerFacts[]): LineGrowth[] {
  const known = [...old, ...now].every(({ origin }) => origin !== 'unknown');
  const isBase = ({ origin }: LayerFacts): boolean => known && origin === 'base';
  const base = baseRow(old.filter(isBase), now.filter(isBase));
  const own = (layers: readonly LayerFacts[]): LayerFacts[] => layers.filter((layer) => !isBase(layer));
  const rows = [...(base === null ? [] : [base]), ...stepRows(own(old), own(now))];
  return rows.sort((a, b) => b.change - a.change || firstOf(a) - firstOf(b));
}

/** All layers of the base image together; null where neither image has any. */
function baseRow(old: readonly LayerFacts[], now: readonly LayerFacts[]): LineGrowth | null {
  if (old.length === 0 && now.length === 0) return null;
  return { kind: 'base', location: null, stage: null, text: 'base image', ...bytesOf(old, now) };
}

function stepRows(old: readonly LayerFacts[], now: readonly LayerFacts[]): LineGrowth[] {
  const numbers = new Map<string, number>();
  const steps = (layers: readonly LayerFacts[]): AlignedStep[] =>
    layers.map((layer, place) => ({ place, words: stepWords(layer, numbers) }));
  const [oldSteps, newSteps] = [steps(old), steps(now)];
  const pairs = new Map<number, number>();
  const taken = new Set<number>();
  const pair = (found: readonly LayerPair[]): void => {
    for (const each of found) {
      pairs.set(each.new, each.old);
      taken.add(each.old);
    }
  };
  const oldLeft = (): AlignedStep[] => oldSteps.filter(({ place }) => !taken.has(place));
  const newLeft = (): AlignedStep[] => newSteps.filter(({ place }) => !pairs.has(place));
  pair(pairShared(old, now));
  pair(alignSteps(oldLeft(), newLeft()));
  pair(pairMoved(oldLeft(), newLeft()));
  const anchors = [...pairs].map(([newPlace, oldPlace]) => ({ old: oldPlace, new: newPlace }));
  const edited = pairEdited(oldLeft(), newLeft(), anchors);
  pair(edited);
  const editedPlaces = new Set(edited.map((each) => each.new));
  return [
    ...now.map((layer, place): LineGrowth => {
      const before = old[pairs.get(place) ?? -1];
      if (before === undefined) return row('added', layer, [], [layer]);
      return row(editedPlaces.has(place) ? 'edited' : 'same', layer, [before], [layer]);
    }),
    ...oldLeft().flatMap(({ place }) => {
      const layer = old[place];
      return layer === undefined ? [] : [row('removed', layer, [layer], [])];
    }),
  ];
}

/** @param layer whose step is told */
function row(
  kind: LineGrowth['kind'],
  layer: LayerFacts,
  old: readonly LayerFacts[],
  now: readonly LayerFacts[],
): LineGrowth {
  const { instruction } = layer;
  const location =
    instruction === null
      ? null
      : { file: instruction.file, startLine: instruction.startLine, endLine: instruction.endLine };
  return { kind, location, stage: instruction?.stage ?? null, text: stepText(layer), ...bytesOf(old, now) };
}

function bytesOf(
  old: readonly LayerFacts[],
  now: readonly LayerFacts[],
): Pick<LineGrowth, 'oldLayers' | 'newLayers' | 'oldBytes' | 'newBytes' | 'change'> {
  const [oldBytes = 0, newBytes = 0] = [old, now].map((layers) => sumOf(layers, ({ sizeBytes }) => sizeBytes));
  return {
    oldLayers: old.map(({ index }) => index),
    newLayers: now.map(({ index }) => index),
    oldBytes,
    newBytes,
    change: newBytes - oldBytes,
  };
}

/** Rows without a change in the order of the new image, removed ones last. */
function firstOf({ newLayers, oldLayers }: LineGrowth): number {
  return newLayers[0] ?? 1e6 + (oldLayers[0] ?? 0);
}
