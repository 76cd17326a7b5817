/** A tar is made of blocks of this many bytes. */
export const blockSize = 512;

/** Content is padded to whole blocks. */
export function padded(size: number): number {
  return Math.ceil(size / blockSize) * blockSize;
}

export function isZeroBlock(block: Uint8Array, at: number): boolean {
  // A header that is not all zero has a name or a checksum; look there first.
  if (block[at] !== 0 || block[at + 148] !== 0) return false;
  for (let i = at; i < at + blockSize; i++) if (block[i] !== 0) return false;
  return true;
}
