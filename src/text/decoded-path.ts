import { type ByteString, decodeBytes, isText } from './byte-string.ts';

/** A path as JSON has it: decoded, and its bytes in base64 where they are not UTF-8. */
export interface DecodedPath {
  readonly path: string;
  readonly pathBase64?: string;
}

/** A raw path as a report has it: decoded, with its bytes beside it where decoding loses some. */
export function decodePath(path: ByteString): DecodedPath {
  return isText(path) ? { path: decodeBytes(path) } : { path: decodeBytes(path), pathBase64: toBase64(path) };
}

export function toBase64(bytes: ByteString): string {
  return Buffer.from(bytes, 'latin1').toString('base64');
}
