import { LayerscopeError, problem } from '../../errors.ts';

/** Limits of tables of contents, in bytes. The largest real ones have a million entries of some 300 bytes. */
export const compressedTocLimit = 256 * 1024 * 1024;
export const tocLimit = 1024 * 1024 * 1024;

/** Makes the error of a table of contents that is not as it should be. @param what names the layer in errors */
export function tocDamaged(what: string): (reason: string) => LayerscopeError {
  return (reason) => problem('toc-damaged', { path: what, reason });
}

const damage: ReadonlySet<string> = new Set(['corrupt-compression', 'corrupt-tar', 'truncated']);

/** What went wrong, as the table's damage if it lies in its bytes. */
export function asTocFailure(error: unknown, what: string): unknown {
  if (!(error instanceof LayerscopeError) || !damage.has(error.code)) return error;
  return problem('toc-damaged', { path: what, reason: 'it cannot be unpacked' }, error);
}
