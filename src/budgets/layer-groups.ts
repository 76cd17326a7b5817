import type { LayerFacts } from '../comparison/image-facts.ts';
import { stepText } from '../comparison/step-words.ts';
import { closest } from '../text/closest.ts';
import type { Subject } from './budget.ts';
import type { Part } from './measures.ts';

/** The layers whose sum is one value. */
export interface LayerGroup extends Omit<Part, 'value'> {
  readonly layers: readonly LayerFacts[];
}

/** As much of a step as a sentence bears. */
const shownLength = 60;

/** What a scope looks at; or why that cannot be told. */
export function layerGroups(layers: readonly LayerFacts[], { scope, stage }: Subject): readonly LayerGroup[] | string {
  switch (scope) {
    case 'image':
      return [{ layers, layer: null, culprit: null }];
    case 'own':
    case 'base':
      if (layers.some(({ origin }) => origin === 'unknown'))
        return 'nobody can tell the layers of the base image from your own: give the Dockerfile (--dockerfile) or the base image (--base)';
      return [{ layers: layers.filter(({ origin }) => origin === scope), layer: null, culprit: null }];
    case 'layer':
      return layers.map((layer) => ({ layers: [layer], layer: layer.index, culprit: layerName(layer) }));
    case 'stage':
      return stageGroups(layers, stage);
  }
}

function layerName(layer: LayerFacts): string {
  const step = stepText(layer);
  return `layer ${layer.index} (${step.length > shownLength ? `${step.slice(0, shownLength - 1)}…` : step})`;
}

function stageGroups(layers: readonly LayerFacts[], wanted: string | null): readonly LayerGroup[] | string {
  const lost = layers.find(({ instruction, origin }) => instruction === null && origin !== 'base');
  if (lost !== undefined)
    return `nobody can tell which stage layer ${lost.index} is from: give the Dockerfile that the image was built from (--dockerfile)`;
  const stages = new Map<string, LayerFacts[]>();
  for (const layer of layers) {
    const stage = layer.instruction?.stage;
    if (stage !== undefined) stages.set(stage, [...(stages.get(stage) ?? []), layer]);
  }
  const groups = [...stages].map(([name, of]) => ({ layers: of, layer: null, culprit: `stage ${name}` }));
  if (wanted === null) return groups;
  // As in a Dockerfile, case does not matter.
  const found = [...stages.keys()].findIndex((name) => name.toLowerCase() === wanted.toLowerCase());
  const group = groups[found];
  if (group !== undefined) return [{ ...group, culprit: null }];
  const meant = closest(wanted, [...stages.keys()]);
  const others =
    meant === null ? `its layers are from ${[...stages.keys()].join(', ') || 'none'}` : `did you mean ${meant}?`;
  return `no layer of the image is from a stage ${wanted}; ${others}`;
}
