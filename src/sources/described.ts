import { createHash } from 'node:crypto';
import { problem } from '../errors.ts';
import type { Descriptor } from '../image/descriptor.ts';
import { type BlobStore, blobName } from './blob-store.ts';

/**
 * Reads metadata that a descriptor points at. It is small, so size and digest are always checked, with or without
 * `--verify`; it also keeps an index from containing itself.
 * @param role names it in errors
 * @throws LayerscopeError `missing-blob`, `wrong-size`, `wrong-digest`
 */
export function readDescribed(store: BlobStore, { digest, size }: Descriptor, role: string): Buffer {
  const name = blobName(digest);
  const bytes = store.metadata(name);
  if (bytes === null) throw problem('missing-blob', { path: store.path, name, role });
  const path = `${store.path}: ${name}`;
  if (bytes.length !== size) throw problem('wrong-size', { path, expected: size, actual: bytes.length });
  const algorithm = digest.slice(0, digest.indexOf(':'));
  const actual = `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
  if (actual !== digest) throw problem('wrong-digest', { path, expected: digest, actual });
  return bytes;
}
