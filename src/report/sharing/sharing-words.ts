import type { Sharing } from '../../comparison/sharing.ts';
import { formatBytes } from '../../text/bytes.ts';

/** What sharing saves, in a line. */
export function sharingInWords({ images, totalBytes, sumBytes }: Sharing): string {
  const count = `${images.length} images`;
  if (totalBytes === sumBytes) return `${count} share nothing: ${formatBytes(sumBytes)}`;
  return `${count} take ${formatBytes(totalBytes)} together, ${formatBytes(sumBytes)} if they shared nothing`;
}
