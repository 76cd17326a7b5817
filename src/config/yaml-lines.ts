import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, visit } from 'yaml';
import type { Place } from './wrong-setting.ts';

/** The line of a setting: of its key, or of its place in a list; of as much of the way to it as there is. */
export function lineOf(document: Document, lines: LineCounter, place: Place): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const part of place) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part);
      if (!isScalar(pair?.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      if (isNode(node)) offset = node.range?.[0] ?? offset;
    }
  }
  return lines.linePos(offset).line;
}

/** An alias without an anchor before it. */
interface UnknownAlias {
  readonly name: string;
  readonly line: number;
}

/** The first of them. */
export function unknownAlias(document: Document, lines: LineCounter): UnknownAlias | null {
  const anchors = new Set<string>();
  let found: UnknownAlias | null = null;
  visit(document, {
    Value: (_, { anchor }) => {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias: (_, { source, range }) => {
      if (anchors.has(source)) return;
      found = { name: source, line: lines.linePos(range?.[0] ?? 0).line };
      return visit.BREAK;
    },
  });
  return found;
}
