import { snapshotOf } from '../../analysis/path-columns.ts';
import type { WastedFile } from '../../analysis/waste.ts';
import { causeTexts } from '../../report/cause.ts';
import { modeText } from '../../report/listing-line.ts';
import { toTime } from '../../report/listing.ts';
import type { ReportFinding } from '../../report/report.ts';
import { entryTypeName } from '../../layer/entry-type.ts';
import { decodeBytes } from '../../text/byte-string.ts';
import { formatBytes } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import { sanitize } from '../../text/sanitize.ts';
import { cutPath } from '../../text/table.ts';
import { wrap } from '../../text/wrap.ts';
import { type Line, type Role, span } from '../line.ts';
import type { Block } from '../model/listing.ts';
import type { LayerFacts } from '../model/layer-facts.ts';
import type { Model } from '../model/model.ts';
import type { WasteRow } from '../model/waste-list.ts';
import { blockAt } from '../state/act-dockerfile.ts';
import { treePlace } from '../state/act-tree.ts';
import { wasteRow } from '../state/act-waste.ts';
import { chosenLayer } from '../state/look.ts';
import type { State } from '../state/state.ts';

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

function layerDetails(model: Model, state: State, width: number): Line[] {
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

function pathDetails(model: Model, state: State, width: number): Line[] {
  const place = treePlace(model, state);
  if (place === null) return [];
  const { paths, view, node } = place;
  const decoded = decodeBytes(paths.union.tree.path(node));
  const path = sanitize(decoded);
  const snapshot = snapshotOf(view.columns, node);
  const wasted = paths.wasted[node] ?? 0;
  const inode = snapshot?.inode(node) ?? null;
  const index = inode === null ? undefined : snapshot?.layers[inode.layer]?.index;
  const facts: Line[] = [];
  if (snapshot !== null && inode !== null && index !== undefined) {
    const mode = index.mode[inode.entry] ?? 0;
    const type = entryTypeName(snapshot.type(node));
    const time =
      toTime(index.mtime[inode.entry] ?? 0)
        ?.slice(0, 16)
        .replace('T', ' ') ?? '';
    facts.push([
      span(`${modeText(type, mode)}  ${index.uid[inode.entry]}:${index.gid[inode.entry]}  `),
      span(`${formatBytes(view.columns.bytes[node] ?? 0)}  `),
      span(time, 'faint'),
    ]);
    facts.push(originLine(model, inode.layer));
  } else
    facts.push([
      span(snapshot === null ? 'gone; a lower layer still holds it' : 'no layer describes this directory', 'faint'),
    ]);
  const files = view.columns.files[node] ?? 0;
  return [
    [span(cutPath(path, width), 'strong')],
    ...facts,
    ...(place.isDir ? [[span(plural(files, 'file'), 'faint')]] : []),
    ...(wasted === 0 ? [] : [[span(`${formatBytes(wasted)} wasted here`, 'waste')]]),
    ...(place.isDir || wasted === 0 ? [] : paths.wasteAt(node).flatMap((file) => copyLines(model, file))),
    ...findingLines(model.report?.findings.filter((finding) => finding.path === decoded) ?? [], width),
  ];
}

/** Which step a path is from. */
function originLine({ layers }: Model, layer: number): Line {
  const facts = layers[layer];
  const line = facts?.instruction === null || facts === undefined ? '' : `, line ${facts.instruction.startLine}`;
  return [span(`from layer ${layer}${line}: `, 'faint'), span(facts?.step ?? '')];
}

function copyLines(model: Model, { copies, cause }: Pick<WasteRow, 'cause'> & Pick<WastedFile, 'copies'>): Line[] {
  return copies.map(({ layer, bytes, wastedByLayer }) => [
    span(`${formatBytes(bytes)} of ${placeOf(model, layer)}, `),
    span(`${cause === null ? 'wasted' : causeTexts[cause].name} by ${placeOf(model, wastedByLayer)}`, 'waste'),
  ]);
}

/** A layer by its line, if that is known. */
function placeOf({ layers }: Model, layer: number): string {
  const line = layers[layer]?.instruction?.startLine;
  return line === undefined ? `layer ${layer}` : `line ${line}`;
}

function wasteDetails(model: Model, state: State, width: number): Line[] {
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

function lineDetails(model: Model, state: State, width: number): Line[] {
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

function findingLines(findings: readonly ReportFinding[], width: number): Line[] {
  return findings.flatMap(({ severity, rule, message, help }) => [
    [span(`${severity} `, severity === 'error' ? 'removed' : 'modified'), span(rule, 'strong')],
    ...paragraph(message, width, 'plain'),
    ...paragraph(help, width, 'faint'),
  ]);
}

/** A text of which nobody knows how long it is: no more of it is wrapped than anybody could see. */
function paragraph(text: string, width: number, role: Role): Line[] {
  return wrap(sanitize(text.slice(0, 4000)), Math.max(10, width - 1)).map((line) => [span(line, role)]);
}
