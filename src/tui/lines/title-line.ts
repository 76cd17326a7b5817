import { formatBytes } from '../../text/bytes.ts';
import { sanitize } from '../../text/sanitize.ts';
import { type Line, span } from '../line.ts';
import type { MainPane, Pane } from '../layout.ts';
import type { Model } from '../model/model.ts';
import { subjectOf, treeView } from '../state/look.ts';
import type { State } from '../state/state.ts';
import { printable } from '../../text/byte-string.ts';
import { fileTitle } from './file-rows.ts';

const names: Readonly<Record<Pane | 'details', string>> = {
  layers: '1 Layers',
  tree: '2 Tree',
  below: '2 Tree',
  waste: '3 Waste',
  dockerfile: '4 Dockerfile',
  file: '5 File',
  details: 'Details',
};

/** Narrower titles name the other panes by their numbers alone. */
const namesFrom = 90;

const mainPanes: readonly MainPane[] = ['tree', 'waste', 'dockerfile', 'file'];

/**
 * The title of a pane: its name, and what it shows.
 * @param sharesPlace whether other panes come to the same place, which are named beside it
 * @param width columns of the pane
 */
export function titleLine(
  model: Model,
  state: State,
  pane: Pane | 'details',
  sharesPlace: boolean,
  width: number,
): Line {
  const isMain = mainPanes.includes(pane as MainPane);
  const tabs = sharesPlace && isMain ? mainPanes : [pane];
  const named = tabs.map((each) => {
    if (each === pane) return span(`[${names[each]}]`, 'strong');
    return span(` ${width < namesFrom ? names[each].slice(0, 1) : names[each]} `, 'faint');
  });
  const said = subjectText(model, state, pane);
  return said === '' ? named : [...named, span(` ${said}`)];
}

function subjectText(model: Model, state: State, pane: Pane | 'details'): string {
  switch (pane) {
    case 'layers':
      return '';
    case 'tree':
    case 'below':
      return treeText(model, state, pane);
    case 'waste':
      return wasteText(model, state);
    case 'dockerfile':
      return model.listing?.title ?? '';
    case 'file': {
      const { file } = state;
      if (file === null) return '';
      const path = file.kind === 'content' ? file.content.path : file.path;
      return [`${printable(path)} @${file.layer}`, fileTitle(file)].filter((part) => part !== '').join(', ');
    }
    case 'details':
      return '';
  }
}

function treeText(model: Model, state: State, pane: 'tree' | 'below'): string {
  const { tree } = state;
  const { kind, layer } = subjectOf(model, state, pane);
  const subject =
    tree.kind === 'final'
      ? 'final filesystem'
      : state.layer === 'base'
        ? 'base image'
        : kind === 'changes'
          ? `changes of layer ${layer}`
          : layer === 0
            ? 'layer 0'
            : `layers 0 to ${layer}`;
  const arrow = tree.sorting.descending ? '↓' : '↑';
  const wishes = [
    ...(tree.largestIn === null ? [] : [`largest in ${printable(model.paths?.union.tree.path(tree.largestIn) ?? '')}`]),
    ...(tree.pattern === ''
      ? []
      : [`/${sanitize(tree.pattern)} (${treeView(model, state, pane)?.filtered.hitCount ?? 0})`]),
    ...(tree.onlyWaste ? ['only waste'] : []),
    ...(tree.hideUnchanged ? ['only changes'] : []),
  ];
  return [subject, ...wishes, `by ${tree.sorting.key} ${arrow}`].join(' · ');
}

function wasteText({ waste, report }: Model, state: State): string {
  if (waste === null || report === null) return '';
  return `${formatBytes(report.waste.bytes)} · ${state.waste.group}`;
}
