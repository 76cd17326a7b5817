import { isUtf8 } from 'node:buffer';
import { sanitize } from './sanitize.ts';

/**
 * Bytes as a string, one UTF-16 unit per byte (ISO 8859-1). Names in a tar are bytes, not text: in this form they keep
 * every byte, compare in byte order with `<`, and serve as map keys at the price of one byte per character.
 */
export type ByteString = string;

// oxlint-disable-next-line no-control-regex -- the test is for bytes, NUL included
const ascii = /^[\u0000-\u007f]*$/;

/** The text a byte string means in UTF-8; what is not UTF-8 becomes U+FFFD. Not yet fit for a terminal. */
export function decodeBytes(bytes: ByteString): string {
  return ascii.test(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8');
}

/** The byte string of a text, in UTF-8. */
export function encodeText(text: string): ByteString {
  return ascii.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** Whether the bytes are valid UTF-8, so that decoding them loses nothing. */
export function isText(bytes: ByteString): boolean {
  return ascii.test(bytes) || isUtf8(Buffer.from(bytes, 'latin1'));
}

/** A name from an image as it may be printed: decoded and without anything a terminal would act on. */
export function printable(bytes: ByteString): string {
  return sanitize(decodeBytes(bytes));
}
