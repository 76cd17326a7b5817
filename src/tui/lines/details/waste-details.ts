import { causeTexts } from '../../../report/cause.ts';
import { sanitize } from '../../../text/sanitize.ts';
import { cutPath } from '../../../text/table.ts';
import { type Line, span } from '../../line.ts';
import type { Model } from '../../model/model.ts';
import { wasteRow } from '../../state/look.ts';
import type { State } from '../../state/state.ts';
import { copyLines, placeOf } from './copy-lines.ts';
import { paragraph } from './finding-lines.ts';

/** A wasted file or directory: its dead copies, the steps behind them, what to do. */
export function wasteDetails(model: Model, state: State, width: number): Line[] {
  const row = wasteRow(model, state);
  if (row === null) return [];
  const [copy] = row.copies;
  const steps = new Set(row.copies.flatMap(({ layer, wastedByLayer }) => [layer, wastedByLayer]));
  return [
    [span(cutPath(sanitize(row.path), width), 'strong')],
    ...(row.files === undefined ? copyLines(model, row) : copyLines(model, row).slice(0, 8)),
    ...[...steps].slice(0, 6).map((layer): Line => originStep(model, layer)),
    ...(copy === undefined || row.cause === null ? [] : paragraph(causeTexts[row.cause].advice, width, 'faint')),
  ];
}

function originStep(model: Model, layer: number): Line {
  return [span(`${placeOf(model, layer)}: `, 'faint'), span(model.layers[layer]?.step ?? '')];
}
