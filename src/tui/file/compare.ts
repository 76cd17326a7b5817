import { formatBytes } from '../../text/bytes.ts';
import { type ByteDifference, differenceOf, sayDifference } from './compare-bytes.ts';
import { compareFacts } from './compare-facts.ts';
import { compareTexts } from './compare-texts.ts';
import { type CompareRow, type Comparison, toComparison } from './comparison.ts';
import type { FileContent } from './content.ts';
import { fileText } from './file-text.ts';
import type { FileVersion } from './file-version.ts';

/** One side of a comparison. */
export interface ComparedFile {
  readonly version: FileVersion;
  /** Of regular files; null for everything else. */
  readonly content: FileContent | null;
}

/** Texts up to this many bytes are compared line by line. */
export const textLimit = 512_000;

/** What was found of two contents. */
interface Found {
  readonly result: 'same' | 'same so far' | 'different';
  readonly rows: readonly CompareRow[];
}

/**
 * What differs between a path in one layer and in the one below: metadata first, then the content, as text if both are.
 * Takes half a second or so at most, whatever the contents.
 * @param below null if it is not there in the layer below
 * @param here null if this layer removes it
 */
export async function compareFiles(below: ComparedFile | null, here: ComparedFile | null): Promise<Comparison> {
  if (below === null && here === null) return toComparison([said('Not there.')]);
  const facts = compareFacts(below?.version ?? null, here?.version ?? null);
  if (below === null) return toComparison([said('Not there in the layer below.'), ...facts]);
  if (here === null) return toComparison([said('Removed: only there in the layer below.'), ...facts]);
  const { result, rows } = await compareContents(below.content, here.content);
  const isChanged = facts.some(({ kind }) => kind !== 'same') || result === 'different';
  const unchanged = result === 'same' ? 'Unchanged' : 'As far as compared, unchanged';
  return toComparison([said(`${isChanged ? 'Changed' : unchanged} from the layer below.`), ...facts, ...rows]);
}

async function compareContents(below: FileContent | null, here: FileContent | null): Promise<Found> {
  // One entry has one content, however much of it was read.
  if (below === null || here === null || isSameEntry(below, here)) return { result: 'same', rows: [] };
  const difference = differenceOf(below, here);
  if (difference.first === null && difference.whole) return { result: 'same', rows: [] };
  const rows = await showDifference(below, here, difference);
  return { result: difference.first === null ? 'same so far' : 'different', rows };
}

function isSameEntry({ ref: a }: FileContent, { ref: b }: FileContent): boolean {
  return a.layer === b.layer && a.entry === b.entry;
}

async function showDifference(
  below: FileContent,
  here: FileContent,
  difference: ByteDifference,
): Promise<readonly CompareRow[]> {
  if (!below.text || !here.text) return [said(sayDifference('Binary files', difference))];
  const inBytes = said(sayDifference('The files', difference));
  if (Math.max(below.sizeBytes, here.sizeBytes) > textLimit)
    return [said(`Texts over ${formatBytes(textLimit)} are not compared by lines.`), inBytes];
  const rows = await compareTexts(textOf(below), textOf(here));
  if (rows === null) return [said('Too much differs to compare by lines.'), inBytes];
  return rows.length === 0 ? [said('The text is the same, its encoding differs.')] : rows;
}

function textOf(content: FileContent): string {
  const { bytes } = fileText(content);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

function said(text: string): CompareRow {
  return { kind: 'said', text };
}
