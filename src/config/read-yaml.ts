import { type Document, LineCounter, parseDocument } from 'yaml';
import { problem } from '../errors.ts';
import type { ConfigText } from './config-text.ts';
import { exceeds, type Mistake } from './yaml-bounds.ts';
import { lineOf, unknownAlias } from './yaml-lines.ts';

/** A few values said once; more is the billion laughs attack. */
const mostAliases = 100;

/**
 * Reads YAML. To be imported where there is some: its parser takes 45 ms to load.
 * @throws LayerscopeError invalid-config
 */
export function readYaml(text: string, path: string): ConfigText {
  const parsed = parse(text);
  if ('reason' in parsed) throw problem('invalid-config', { path, ...parsed });
  const { document, lines } = parsed;
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    return { value, lineOf: (place) => lineOf(document, lines, place) };
  } catch (error) {
    const alias = unknownAlias(document, lines);
    // Who has never heard of aliases wrote a pattern for paths.
    const reason =
      alias === null
        ? 'its aliases stand for too much'
        : `*${alias.name} is an alias of nothing above it; a text that begins with * needs quotes`;
    throw problem('invalid-config', { path, line: alias?.line ?? null, reason }, error);
  }
}

/** The line of the first mistake in a text that should have been JSON; null if it is good YAML all the same. */
export function mistakenLine(text: string): number | null {
  const parsed = parse(text);
  return 'reason' in parsed ? parsed.line : null;
}

interface Parsed {
  readonly document: Document;
  readonly lines: LineCounter;
}

function parse(text: string): Parsed | Mistake {
  const excess = exceeds(text);
  if (excess !== null) return excess;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const [mistake] = [...document.errors, ...document.warnings];
  if (mistake === undefined) return { document, lines };
  // What it says of several documents is for callers of its functions.
  const several = mistake.code === 'MULTIPLE_DOCS';
  const reason = several ? 'more than one document; a configuration is one' : mistake.message;
  return { line: lines.linePos(mistake.pos[0]).line, reason };
}
