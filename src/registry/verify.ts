import { createHash, type Hash } from 'node:crypto';
import { problem } from '../errors.ts';
import type { Digest } from '../image/digest.ts';

/** Takes the bytes that are to have a digest, for `verify`. */
export function hashFor(digest: Digest): Hash {
  return createHash(algorithmOf(digest));
}

/** @param path names the bytes in the error. @throws LayerscopeError `wrong-digest` */
export function verify(hash: Hash, expected: Digest, path: string): void {
  const actual = `${algorithmOf(expected)}:${hash.digest('hex')}`;
  if (actual !== expected) throw problem('wrong-digest', { path, expected, actual });
}

/** The digest of bytes that come without one. */
export function digestOf(bytes: Buffer): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function algorithmOf(digest: Digest): 'sha256' | 'sha512' {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256';
}
