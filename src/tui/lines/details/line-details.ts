import { formatBytes } from '../../../text/bytes.ts';
import { type Line, span } from '../../line.ts';
import type { Block } from '../../model/listing.ts';
import type { Model } from '../../model/model.ts';
import { blockAt } from '../../state/look.ts';
import type { State } from '../../state/state.ts';
import { findingLines } from './finding-lines.ts';

/** An instruction: the layers it made, its costs, what was found in it. */
export function lineDetails(model: Model, state: State, width: number): Line[] {
  const block = blockAt(model, state);
  if (block === null) return [];
  return [...costLines(block), ...findingLines(block.findings, width)];
}

function costLines({ startLine, endLine, layers, confidence, costs }: Block): Line[] {
  const lines = startLine === endLine ? `Line ${startLine}` : `Lines ${startLine} to ${endLine}`;
  if (layers.length === 0) return [[span(lines, 'strong'), span(': no layer of this image')]];
  const made = `: ${layers.length === 1 ? 'layer' : 'layers'} ${layers.join(', ')}`;
  const head: Line = [span(lines, 'strong'), span(made), span(confidence === null ? '' : `, ${confidence}`, 'faint')];
  if (costs === null) return [head];
  const { addedBytes, wastedBytes, wastesBytes } = costs;
  return [
    head,
    [
      span(`adds ${formatBytes(addedBytes)}`),
      ...(wastedBytes === 0 ? [] : [span(`, ${formatBytes(wastedBytes)} of it wasted`, 'waste')]),
    ],
    ...(wastesBytes === 0 ? [] : [[span(`makes ${formatBytes(wastesBytes)} of earlier bytes useless`, 'waste')]]),
  ];
}
