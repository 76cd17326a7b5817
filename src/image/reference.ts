import { problem } from '../errors.ts';
import type { SourceKind } from './image.ts';

/** What the user asked for. `kind` null: to be told by looking at the bytes. */
export type Reference =
  | { readonly from: 'stdin'; readonly kind: SourceKind | null; readonly text: string }
  | { readonly from: 'path'; readonly kind: SourceKind | null; readonly path: string; readonly text: string };

const kinds: readonly SourceKind[] = ['docker-archive', 'oci-archive', 'oci'];

/** Prefixes of the contract that name a network or an engine. */
const elsewhere = new Set(['registry', 'docker', 'podman']);

/**
 * Parses `PREFIX:REST`, `-` or a bare path (contract, "Images").
 * @throws LayerscopeError `usage`, `unsupported-source`
 */
export function parseReference(text: string): Reference {
  const colon = text.indexOf(':');
  const prefix = colon === -1 ? '' : text.slice(0, colon);
  if (elsewhere.has(prefix)) throw problem('unsupported-source', { prefix: `${prefix}:` });
  const kind = kinds.find((known) => known === prefix) ?? null;
  const path = kind === null ? text : text.slice(colon + 1);
  if (path === '') throw problem('usage', { message: `${text === '' ? 'The image' : text}: the path is missing.` });
  return path === '-' || path.startsWith('-#') ? { from: 'stdin', kind, text } : { from: 'path', kind, path, text };
}
