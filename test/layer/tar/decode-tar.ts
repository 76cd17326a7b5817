import { decodeBytes } from '../../../src/text/byte-string.ts';
import { TarParser } from '../../../src/layer/tar/tar-parser.ts';
import type { TarEntry as Decoded } from '../../../src/layer/tar/tar-entry.ts';
import { type TarEntry, writeTar } from '../../engines/corpus/tar-header.ts';

/** The entries of a tar as the decoder gives them. */
export function decode(...entries: readonly TarEntry[]): Decoded[] {
  return decodeTar(writeTar(entries)).entries;
}

/** The only entry of a tar. */
export function decodeOne(...entries: readonly TarEntry[]): Decoded {
  const [first, ...others] = decode(...entries);
  if (first === undefined || others.length > 0) throw new Error(`expected one entry, not ${others.length + 1}`);
  return first;
}

/** The entries with the content stored for each, and what was odd. */
export function decodeTar(tar: Buffer): { entries: Decoded[]; contents: string[]; oddities: Record<string, number> } {
  const parser = new TarParser('test.tar');
  const entries: Decoded[] = [];
  const contents: string[] = [];
  for (const event of parser.push(tar)) {
    if (event.kind === 'entry') {
      entries.push(event.entry);
      contents.push('');
    }
    if (event.kind === 'content') contents[contents.length - 1] += decodeBytes(event.piece.toString('latin1'));
  }
  parser.finish();
  const oddities = Object.fromEntries(parser.decoder.oddities.list().map(({ code, count }) => [code, count]));
  return { entries, contents, oddities };
}
