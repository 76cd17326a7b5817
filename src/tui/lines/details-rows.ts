import type { Line } from '../line.ts';
import type { Model } from '../model/model.ts';
import type { State } from '../state/state.ts';
import { layerDetails } from './details/layer-details.ts';
import { lineDetails } from './details/line-details.ts';
import { pathDetails } from './details/path-details.ts';
import { wasteDetails } from './details/waste-details.ts';

/** What is known of the selection, the most telling first: how much of it is seen depends on the room. */
export function detailsRows(model: Model, state: State, width: number, height: number): Line[] {
  return detailsOf(model, state, width).slice(0, height);
}

function detailsOf(model: Model, state: State, width: number): Line[] {
  switch (state.focus) {
    case 'layers':
      return layerDetails(model, state, width);
    case 'tree':
    case 'below':
    case 'file':
      return pathDetails(model, state, width);
    case 'waste':
      return wasteDetails(model, state, width);
    case 'dockerfile':
      return lineDetails(model, state, width);
  }
}
