import type { ByteString } from '../text/byte-string.ts';
import type { GlobPart } from './path-glob.ts';

/** The part that the next name of a path may fit, and who asks. */
export interface WantedPart {
  readonly id: number;
  readonly part: Exclude<GlobPart, { readonly kind: 'directories' }>;
}

/** How many names are kept with the patterns they fit. */
const keptNames = 16_384;

type Pattern = WantedPart & { readonly part: { readonly kind: 'pattern' } };

/**
 * Tells which of many parts a name fits, without trying each: names are looked up, patterns by what they begin with, or
 * else end with. Only patterns without either are tried on every name, and on the same one once.
 */
export class NameTable {
  private readonly names = new Map<ByteString, number[]>();
  private readonly starts: LengthTable[];
  private readonly ends: LengthTable[];
  private readonly rest: readonly Pattern[];
  private readonly known = new Map<ByteString, readonly number[]>();

  constructor(wanted: readonly WantedPart[]) {
    const patterns: Pattern[] = [];
    for (const { id, part } of wanted) {
      if (part.kind === 'pattern') patterns.push({ id, part });
      else addTo(this.names, part.name, id);
    }
    this.starts = byLength(
      patterns.filter(({ part }) => part.start !== ''),
      ({ part }) => part.start,
    );
    this.ends = byLength(
      patterns.filter(({ part }) => part.start === '' && part.end !== ''),
      ({ part }) => part.end,
    );
    this.rest = patterns.filter(({ part }) => part.start === '' && part.end === '');
  }

  /** Those that a name fits, each once. */
  fitting(name: ByteString): readonly number[] {
    const named = this.names.get(name) ?? none;
    const patterns = this.patternsOf(name);
    return patterns.length === 0 ? named : named.length === 0 ? patterns : [...named, ...patterns];
  }

  private patternsOf(name: ByteString): readonly number[] {
    if (this.starts.length + this.ends.length + this.rest.length === 0) return none;
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const fitting: number[] = [];
    const add = (patterns: readonly Pattern[]): void => {
      for (const { id, part } of patterns) if (part.fits(name)) fitting.push(id);
    };
    for (const { length, patterns } of this.starts)
      if (length <= name.length) add(patterns.get(name.slice(0, length)) ?? []);
    for (const { length, patterns } of this.ends)
      if (length <= name.length) add(patterns.get(name.slice(name.length - length)) ?? []);
    add(this.rest);
    if (this.known.size >= keptNames) this.known.clear();
    const found = fitting.length === 0 ? none : fitting;
    this.known.set(name, found);
    return found;
  }
}

const none: readonly number[] = [];

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

function addTo<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
