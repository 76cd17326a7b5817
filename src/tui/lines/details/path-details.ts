import { snapshotOf } from '../../../analysis/path-columns.ts';
import { entryTypeName } from '../../../layer/entry-type.ts';
import { modeText } from '../../../report/listing-line.ts';
import { toTime } from '../../../report/listing.ts';
import { decodeBytes } from '../../../text/byte-string.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { plural } from '../../../text/plural.ts';
import { sanitize } from '../../../text/sanitize.ts';
import { cutPath } from '../../../text/table.ts';
import { type Line, span } from '../../line.ts';
import type { Model } from '../../model/model.ts';
import type { State } from '../../state/state.ts';
import { treePlace } from '../../state/tree-place.ts';
import { copyLines } from './copy-lines.ts';
import { findingLines } from './finding-lines.ts';

/** A path: what it is, where it is from, what of it is wasted. */
export function pathDetails(model: Model, state: State, width: number): Line[] {
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
