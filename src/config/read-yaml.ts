import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { problem, reasonOf } from '../errors.ts';
import type { ConfigText } from './config-text.ts';
import type { Place } from './wrong-setting.ts';

/** A few values said once; more is the billion laughs attack. */
const mostAliases = 100;

/**
 * Reads YAML. To be imported where there is some: its parser takes 45 ms to load.
 * @throws LayerscopeError invalid-config
 */
export function readYaml(text: string, path: string): ConfigText {
  const { document, lines, mistake } = parse(text);
  if (mistake !== null) {
    const { code, message, line } = mistake;
    throw problem('invalid-config', { path, line, reason: explained(code, message) });
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    return { value, lineOf: (place) => lineOf(document, lines, place) };
  } catch (error) {
    const line = unknownAliasLine(document, lines);
    const reason = line === null ? 'its aliases stand for too much' : reasonOf(error);
    throw problem('invalid-config', { path, line, reason }, error);
  }
}

/** The line of the first mistake in a text that should have been JSON; null if it is good YAML all the same. */
export function mistakenLine(text: string): number | null {
  return parse(text).mistake?.line ?? null;
}

interface Parsed {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly mistake: { readonly code: string; readonly message: string; readonly line: number } | null;
}

function parse(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const [first] = [...document.errors, ...document.warnings];
  if (first === undefined) return { document, lines, mistake: null };
  const { line } = lines.linePos(first.pos[0]);
  return { document, lines, mistake: { code: first.code, message: first.message, line } };
}

/** What yaml says, but for what only its callers understand. */
function explained(code: string, message: string): string {
  if (code === 'MULTIPLE_DOCS') return 'more than one document; a configuration is one';
  if (message.includes('call stack')) return 'nested too deeply';
  return message;
}

function lineOf(document: Document, lines: LineCounter, place: Place): number {
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

/** The line of the first alias without an anchor before it. */
function unknownAliasLine(document: Document, lines: LineCounter): number | null {
  const anchors = new Set<string>();
  let line: number | null = null;
  visit(document, {
    Value: (_, { anchor }) => {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias: (_, { source, range }) => {
      if (anchors.has(source)) return;
      line = lines.linePos(range?.[0] ?? 0).line;
      return visit.BREAK;
    },
  });
  return line;
}
