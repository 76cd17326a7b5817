import { isUtf8 } from 'node:buffer';
import { escapeUnits, sanitize } from '../../text/sanitize.ts';
import { textWidth } from '../../text/width.ts';

/** One step along a line: some bytes of it and how a terminal is to show them. */
export interface LineCell {
  /** Offset of its first byte. */
  readonly at: number;
  /** Offset behind its last byte. */
  readonly end: number;
  /** Where it stands, in columns from the start of the line. */
  readonly column: number;
  /** At least one: nothing hides, and nothing is drawn over what is before it. */
  readonly columns: number;
  /** Fit for a terminal. */
  readonly text: string;
}

const tabStop = 8;
/** Bytes decoded at once: a line can be the whole file, and a screen shows little of it. */
const runBytes = 256;
/** UTF-16 units of a cluster that is drawn as one: a base with its marks, or a flag. More marks are an attack. */
const clusterUnits = 32;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Goes along a line of UTF-8, from one character (as people see them) to the next. What is not UTF-8 comes byte by byte
 * as `\xff`, tabs as spaces, what a terminal would act on as an escape.
 * @param start first byte wanted, at the start of a character
 * @param column where that stands
 */
export function* cellsOf(bytes: Uint8Array, start: number, end: number, column: number): Generator<LineCell> {
  let at = start;
  let next = column;
  const cell = (length: number, text: string, columns: number): LineCell => {
    const made = { at, end: at + length, column: next, columns, text };
    at += length;
    next += columns;
    return made;
  };
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x09) {
      const columns = tabStop - (next % tabStop);
      yield cell(1, ' '.repeat(columns), columns);
      continue;
    }
    // A mark may follow: then they are drawn together.
    const isAlone = at + 1 >= end || (bytes[at + 1] ?? 0) < 0x80;
    if (byte < 0x20 || byte === 0x7f || (byte < 0x80 && isAlone)) {
      const text = sanitize(String.fromCharCode(byte));
      yield cell(1, text, text.length);
      continue;
    }
    const stop = endOfRun(bytes, at, end);
    if (stop === at) yield cell(1, `\\x${byte.toString(16)}`, 4);
    else for (const { bytes: length, text, columns } of glyphs(bytes, at, stop)) yield cell(length, text, columns);
  }
}

/** The end of the characters from `at` on that are decoded together; `at` itself if there is none. */
function endOfRun(bytes: Uint8Array, at: number, end: number): number {
  let stop = at + ((bytes[at] ?? 0) < 0x80 ? 1 : characterLength(bytes, at, end));
  while (stop > at && stop < end && stop - at < runBytes && (bytes[stop] ?? 0) >= 0x80) {
    const length = characterLength(bytes, stop, end);
    if (length === 0) break;
    stop += length;
  }
  return stop;
}

/** Bytes of the character outside of ASCII at `at`; 0 if it is not UTF-8. */
function characterLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  return at + length <= end && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

interface Glyph {
  /** How many it stands for. */
  readonly bytes: number;
  readonly text: string;
  readonly columns: number;
}

function* glyphs(bytes: Uint8Array, start: number, stop: number): Generator<Glyph> {
  const run = Buffer.from(bytes.buffer, bytes.byteOffset + start, stop - start).toString('utf8');
  const segments = Array.from(segmenter.segment(run), ({ segment }) => segment);
  // What comes next may belong to the last one, if the run ends only because it is long enough.
  if (stop - start >= runBytes && segments.length > 1) segments.pop();
  for (const segment of segments) yield* drawn(segment);
}

/** Clusters drawn lately. Measuring one takes ten microseconds: seconds for a line of a megabyte. */
const drawnLately = new Map<string, readonly Glyph[]>();
const mostRemembered = 32_768;

function drawn(cluster: string): readonly Glyph[] {
  const known = drawnLately.get(cluster);
  if (known !== undefined) return known;
  const glyphs = draw(cluster);
  if (drawnLately.size >= mostRemembered) drawnLately.clear();
  if (cluster.length <= clusterUnits) drawnLately.set(cluster, glyphs);
  return glyphs;
}

function draw(cluster: string): readonly Glyph[] {
  const characters = Array.from(cluster);
  const isWhole = cluster.length <= clusterUnits && sanitize(cluster) === cluster && textWidth(cluster) > 0;
  if (characters.length > 1 && !isWhole) return characters.flatMap(drawn);
  const text = isWhole ? cluster : visible(cluster);
  return [{ bytes: Buffer.byteLength(cluster), text, columns: textWidth(text) }];
}

/** A character on its own; one that takes no column is a mark without a base, or meant to hide. */
function visible(character: string): string {
  const text = sanitize(character);
  return textWidth(text) > 0 ? text : escapeUnits(character);
}
