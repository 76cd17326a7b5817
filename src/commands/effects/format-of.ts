import { formatName } from '../../tui/file/format-name.ts';

/** What is looked at: signatures are at the start, and a hostile file should not have more of it taken apart. */
const lookedAt = 64 * 1024;

/** What a file is by its first bytes, such as `PNG image`; null if they say nothing. */
export async function formatOf(bytes: Uint8Array): Promise<string | null> {
  if (bytes.length === 0) return null;
  // Large, and not needed before a file is opened.
  const { fileTypeFromBuffer } = await import('file-type/core');
  try {
    const found = await fileTypeFromBuffer(bytes.subarray(0, lookedAt));
    return found === undefined ? null : formatName(found.ext, found.mime);
  } catch {
    // A signature with nonsense behind it.
    return null;
  }
}
