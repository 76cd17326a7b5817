import { formatBytes } from '../../../text/bytes.ts';
import { plural } from '../../../text/plural.ts';
import { sanitize } from '../../../text/sanitize.ts';
import { type Line, span } from '../../line.ts';
import type { LayerFacts } from '../../model/layer-facts.ts';
import type { Model } from '../../model/model.ts';
import { chosenLayer } from '../../state/look.ts';
import type { State } from '../../state/state.ts';
import { findingLines, paragraph } from './finding-lines.ts';

/** A layer, or the whole base image: its bytes, its changes, its step, what was found in it. */
export function layerDetails(model: Model, state: State, width: number): Line[] {
  if (state.layer === 'base') return baseDetails(model);
  const index = chosenLayer(model, state);
  const facts = model.layers[index];
  if (facts === undefined) return [];
  const reported = model.report?.layers[index];
  const digest = model.image?.layers[index]?.diffId ?? null;
  const created = model.image?.layers[index]?.history?.created ?? null;
  return [
    sizeLine(facts),
    ...changeLine(facts),
    instructionLine(facts),
    ...paragraph(facts.step, width, 'plain'),
    ...(reported === undefined
      ? []
      : [
          [
            span(`${plural(reported.entryCount, 'entry', 'entries')}, `, 'faint'),
            span(
              reported.compressedBytes === null
                ? 'not compressed'
                : `${formatBytes(reported.compressedBytes)} as ${reported.compression}`,
              'faint',
            ),
          ],
        ]),
    ...(created === null ? [] : [[span(`made ${sanitize(created)}`, 'faint')]]),
    ...(digest === null ? [] : [[span(digest, 'faint')]]),
    ...findingLines(model.report?.findings.filter(({ layer }) => layer === index) ?? [], width),
  ];
}

function sizeLine({ index, origin, sizeBytes, wastedBytes }: LayerFacts): Line {
  const whose = { base: ', of the base image', own: '', unknown: '' }[origin];
  return [
    span(`Layer ${index}`, 'strong'),
    span(`${whose}: ${sizeBytes === null ? 'being read' : formatBytes(sizeBytes)}`),
    ...(wastedBytes === null || wastedBytes === 0 ? [] : [span(`, ${formatBytes(wastedBytes)} wasted`, 'waste')]),
  ];
}

function changeLine({ changes }: LayerFacts): Line[] {
  if (changes === null) return [];
  const { added, changed, removed } = changes;
  return [
    [
      span(`+${added}`, 'added'),
      span(' added  '),
      span(`~${changed}`, 'modified'),
      span(' changed  '),
      span(`-${removed}`, 'removed'),
      span(' removed'),
    ],
  ];
}

function instructionLine({ instruction, origin }: LayerFacts): Line {
  if (instruction === null)
    return [span(origin === 'base' ? 'made by the base image' : 'no line of a Dockerfile is known', 'faint')];
  const { startLine, endLine, stage, confidence } = instruction;
  const lines = startLine === endLine ? `line ${startLine}` : `lines ${startLine} to ${endLine}`;
  return [span(`${lines}, stage ${sanitize(stage)}`), span(`, ${confidence}`, 'faint')];
}

function baseDetails({ layers, baseLayers, report }: Model): Line[] {
  const count = baseLayers ?? 0;
  const base = layers.slice(0, count);
  const wasted = base.reduce((sum, { wastedBytes }) => sum + (wastedBytes ?? 0), 0);
  return [
    [
      span('Base image', 'strong'),
      span(
        `: ${plural(count, 'layer')}, ${formatBytes(base.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0))}`,
      ),
      ...(wasted === 0 ? [] : [span(`, ${formatBytes(wasted)} wasted`, 'waste')]),
    ],
    ...(report === null || report.image.ownBytes === null
      ? []
      : [[span(`The layers on top have ${formatBytes(report.image.ownBytes)}.`, 'faint')]]),
  ];
}
