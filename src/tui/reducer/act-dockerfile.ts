import { blockAt } from '../state/look.ts';
import type { Model } from '../model/model.ts';
import type { Block } from '../model/listing.ts';
import { formatBytes } from '../../text/bytes.ts';
import { type Step, step, told } from '../state/event.ts';
import { goToLayer } from '../state/pane-list.ts';
import type { State } from '../state/state.ts';

/** Shows what the instruction's layer changed; of several, the first that is not chosen yet. */
export function enterLine(model: Model, state: State): Step {
  const block = blockAt(model, state);
  const layer = block?.layers.find((each) => each !== state.layer) ?? block?.layers[0];
  if (layer === undefined) return told(state, 'This line made no layer of the image.');
  const { dockerfile } = state;
  const shown = { ...goToLayer(model, { ...state, focus: 'tree', main: 'tree' }, layer), dockerfile };
  return step({ ...shown, tree: { ...shown.tree, kind: 'changes', largestIn: null } });
}

/** Goes to the line that put the most bytes there in vain. */
export function goToBiggestWaste(model: Model, state: State): Step {
  const { listing, waste } = model;
  if (waste === null || listing === null) return told(state, 'The waste is not known yet.');
  const blocks = new Set(listing.lines.flatMap(({ block }) => (block === null ? [] : [block])));
  let most: Block | null = null;
  for (const block of blocks) if (wastedIn(block) > (most === null ? 0 : wastedIn(most))) most = block;
  if (most === null)
    return told(state, waste.files.length === 0 ? 'Nothing is wasted.' : 'No line of yours wastes anything.');
  const shown: State = {
    ...state,
    focus: 'dockerfile',
    main: 'dockerfile',
    dockerfile: { ...state.dockerfile, line: most.startLine },
  };
  const layer = most.layers[0];
  return told(
    layer === undefined ? shown : goToLayer(model, shown, layer),
    `${formatBytes(wastedIn(most))} of this line's bytes are wasted.`,
  );
}

function wastedIn({ costs }: Block): number {
  return costs?.wastedBytes ?? 0;
}
