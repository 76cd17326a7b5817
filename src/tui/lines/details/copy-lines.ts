import type { WastedFile } from '../../../analysis/waste.ts';
import { causeTexts } from '../../../report/cause.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { type Line, span } from '../../line.ts';
import type { Model } from '../../model/model.ts';
import type { WasteRow } from '../../model/waste-list.ts';

/** The dead copies of a path, with the lines or layers that made and wasted them. */
export function copyLines(
  model: Model,
  { copies, cause }: Pick<WasteRow, 'cause'> & Pick<WastedFile, 'copies'>,
): Line[] {
  return copies.map(({ layer, bytes, wastedByLayer }) => [
    span(`${formatBytes(bytes)} of ${placeOf(model, layer)}, `),
    span(`${cause === null ? 'wasted' : causeTexts[cause].name} by ${placeOf(model, wastedByLayer)}`, 'waste'),
  ]);
}

/** A layer by its line, if that is known. */
export function placeOf({ layers }: Model, layer: number): string {
  const line = layers[layer]?.instruction?.startLine;
  return line === undefined ? `layer ${layer}` : `line ${line}`;
}
