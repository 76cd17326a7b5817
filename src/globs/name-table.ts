import type { ByteString } from '../text/byte-string.ts';
import type { GlobPart } from './path-glob.ts';

/** The part that the next name of a path may fit, and who asks. */
export interface WantedPart {
  readonly id: number;
  readonly part: Exclude<GlobPart, { readonly kind: 'directories' }>;
}

/** How many names are kept with the patterns they fit. */
const keptNames = 65_536;

type Pattern = WantedPart & { readonly part: { readonly kind: 'pattern' } };

/**
 * Tells which of many parts a name fits, without trying each: names are looked up, patterns by what they begin with, or
 * else end with, or else by three bytes of what is in them.
 */
export class NameTable {
  private readonly names = new Map<ByteString, number[]>();
  private readonly starts: LengthTable[];
  private readonly ends: LengthTable[];
  private readonly cores: ReadonlyMap<number, readonly Pattern[]>;
  private readonly hasPatterns: boolean;
  private readonly known = new Map<ByteString, readonly number[]>();

  /** @param wanted those that can be looked up */
  constructor(wanted: readonly WantedPart[]) {
    const patterns: Pattern[] = [];
    for (const { id, part } of wanted) {
      if (part.kind === 'pattern') patterns.push({ id, part });
      else addTo(this.names, part.name, id);
    }
    const ledBy = (lead: Lead): Pattern[] => patterns.filter((pattern) => leadOf(pattern) === lead);
    this.starts = byLength(ledBy('start'), ({ part }) => part.start);
    this.ends = byLength(ledBy('end'), ({ part }) => part.end);
    this.cores = byTrigram(ledBy('core'));
    this.hasPatterns = patterns.length > 0;
  }

  /** Those that a name fits, each once. */
  fitting(name: ByteString): readonly number[] {
    const named = this.names.get(name) ?? none;
    if (!this.hasPatterns) return named;
    const patterns = this.patternsOf(name);
    return patterns.length === 0 ? named : [...named, ...patterns];
  }

  private patternsOf(name: ByteString): readonly number[] {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const fitting = this.tryPatterns(name);
    if (this.known.size >= keptNames) this.known.clear();
    this.known.set(name, fitting);
    return fitting;
  }

  private tryPatterns(name: ByteString): readonly number[] {
    const fitting: number[] = [];
    const tryAll = (patterns: readonly Pattern[] = []): void => {
      for (const { id, part } of patterns) if (part.fits(name)) fitting.push(id);
    };
    for (const { length, patterns } of this.starts)
      if (length <= name.length) tryAll(patterns.get(name.slice(0, length)));
    for (const { length, patterns } of this.ends)
      if (length <= name.length) tryAll(patterns.get(name.slice(name.length - length)));
    if (this.cores.size > 0) for (const patterns of this.withCoresIn(name)) tryAll(patterns);
    return fitting.length === 0 ? none : fitting;
  }

  private withCoresIn(name: ByteString): ReadonlySet<readonly Pattern[]> {
    const found = new Set<readonly Pattern[]>();
    for (let at = 0; at + trigram <= name.length; at++) {
      const patterns = this.cores.get(trigramAt(name, at));
      if (patterns !== undefined) found.add(patterns);
    }
    return found;
  }
}

const none: readonly number[] = [];

const trigram = 3;

/** What of a pattern it is looked up by. */
type Lead = 'start' | 'end' | 'core' | 'none';

/** Whether a part can be looked up; the few that cannot have to be tried. */
export function hasLead(part: WantedPart['part']): boolean {
  return part.kind === 'name' || leadOf({ id: 0, part }) !== 'none';
}

function leadOf({ part }: Pattern): Lead {
  if (part.start !== '') return 'start';
  if (part.end !== '') return 'end';
  return part.core.length >= trigram ? 'core' : 'none';
}

interface LengthTable {
  readonly length: number;
  readonly patterns: ReadonlyMap<ByteString, readonly Pattern[]>;
}

/** The patterns by a piece of them, in a table for each length that there is. */
function byLength(patterns: readonly Pattern[], pieceOf: (pattern: Pattern) => ByteString): LengthTable[] {
  const tables = new Map<number, Map<ByteString, Pattern[]>>();
  for (const pattern of patterns) {
    const piece = pieceOf(pattern);
    const table = tables.get(piece.length) ?? new Map<ByteString, Pattern[]>();
    tables.set(piece.length, table);
    addTo(table, piece, pattern);
  }
  return [...tables].map(([length, table]) => ({ length, patterns: table }));
}

/** The patterns by three bytes that each name has which fits: of all there are in a pattern, those that fewest others have. */
function byTrigram(patterns: readonly Pattern[]): Map<number, Pattern[]> {
  const counts = new Map<number, number>();
  const ofPattern = patterns.map((pattern) => ({ pattern, trigrams: trigramsOf(pattern.part.core) }));
  for (const { trigrams } of ofPattern) for (const each of trigrams) counts.set(each, (counts.get(each) ?? 0) + 1);
  const table = new Map<number, Pattern[]>();
  for (const { pattern, trigrams } of ofPattern) {
    const [rarest] = trigrams.sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0));
    if (rarest !== undefined) addTo(table, rarest, pattern);
  }
  return table;
}

function trigramsOf(text: ByteString): number[] {
  return Array.from({ length: text.length - trigram + 1 }, (_, at) => trigramAt(text, at));
}

/** Three bytes as a number. */
function trigramAt(text: ByteString, at: number): number {
  return (text.charCodeAt(at) << 16) | (text.charCodeAt(at + 1) << 8) | text.charCodeAt(at + 2);
}

function addTo<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
