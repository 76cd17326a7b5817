import { root } from '../../filesystem/file-tree.ts';
import type { Model } from '../model/model.ts';
import { compareNode } from './act-path.ts';
import { type Step, step, told } from '../state/event.ts';
import { withLook } from '../state/file-look.ts';
import { nodeAtPath } from './node-at-path.ts';
import type { State } from '../state/state.ts';

/** Columns that an arrow scrolls. */
const stride = 8;

export function scrollSideways(state: State, way: 1 | -1): State {
  const { file } = state;
  if (file === null || file.kind === 'waiting') return state;
  return withLook(state, { scrollX: Math.max(0, file.look.scrollX + way * stride) });
}

/** Text or hexadecimal. The place in the file is not kept: lines and rows of bytes have little in common. */
export function toggleHex(state: State): Step {
  const { file } = state;
  if (file?.kind !== 'content') return step(state);
  return step(withLook(state, { hex: !file.look.hex, top: 0, scrollX: 0, match: null }));
}

/** Compares with the layer below; a comparison is closed again by reading the file. */
export function compareFile(model: Model, state: State): Step {
  const { file } = state;
  const { paths } = model;
  if (file === null || file.kind === 'waiting' || paths === null) return step(state);
  const path = file.kind === 'content' ? file.content.path : file.path;
  const node = nodeAtPath(paths.union.tree, path, root);
  if (node === null) return step(state);
  if (file.kind === 'content') return compareNode(state, paths, node, file.content.ref.layer);
  const ref = file.ref;
  if (ref === null) return told(state, 'There is no content to go back to.');
  const asked = state.asked + 1;
  return step({ ...state, asked }, { kind: 'read', asked, path, ref });
}

export function copyFile(state: State): Step {
  const { file } = state;
  if (file?.kind !== 'content') return told(state, 'There is no content here.');
  return step(state, { kind: 'copy-content', path: file.content.path, ref: file.content.ref });
}
