import { type ByteString, decodeBytes, isText } from '../text/byte-string.ts';
import type { ReportPath } from './report.ts';

/** A raw path as a report has it: decoded, with its bytes beside it where decoding loses some. */
export function reportPath(path: ByteString): ReportPath {
  return isText(path) ? { path: decodeBytes(path) } : { path: decodeBytes(path), pathBase64: toBase64(path) };
}

export function toBase64(bytes: ByteString): string {
  return Buffer.from(bytes, 'latin1').toString('base64');
}
