import { problem } from '../errors.ts';
import { type ImageName, parseImageName } from './image-name.ts';
import type { ArchiveKind, EngineKind } from './image.ts';

/** What the user asked for; `text` is how. */
export type Reference =
  | { readonly from: 'stdin'; readonly kind: ArchiveKind | null; readonly text: string }
  | {
      readonly from: 'path';
      /** Null: to be told by looking at the bytes. */
      readonly kind: ArchiveKind | null;
      readonly path: string;
      /** What else it can be, if there is no such file: the name of an image. */
      readonly name: ImageName | null;
      readonly text: string;
    }
  /** `name` as the engine takes it: a name or an ID. */
  | { readonly from: 'engine'; readonly kind: EngineKind; readonly name: string; readonly text: string }
  | { readonly from: 'registry'; readonly name: ImageName; readonly text: string };

const archiveKinds: readonly ArchiveKind[] = ['docker-archive', 'oci-archive', 'oci'];
const engineKinds: readonly EngineKind[] = ['docker', 'podman'];

/** A name that ends like this is a file that is missing, not an image to ask the whole world for. */
const archiveEnding = /\.(?:tar|tgz|gz|zst|oci)$/i;

/**
 * Parses `PREFIX:REST`, `-`, a bare path or a bare name (contract, "Images").
 * @throws LayerscopeError `usage`, `invalid-image-name`
 */
export function parseReference(text: string): Reference {
  const colon = text.indexOf(':');
  const prefix = colon === -1 ? '' : text.slice(0, colon);
  const rest = text.slice(colon + 1);
  const engine = engineKinds.find((known) => known === prefix);
  if (engine !== undefined) return { from: 'engine', kind: engine, name: named(rest, text), text };
  if (prefix === 'registry') {
    const name = parseImageName(named(rest, text));
    if (name === null) throw problem('invalid-image-name', { name: rest });
    return { from: 'registry', name, text };
  }
  const kind = archiveKinds.find((known) => known === prefix) ?? null;
  const path = kind === null ? text : rest;
  if (path === '') throw problem('usage', { message: `${text === '' ? 'The image' : text}: the path is missing.` });
  if (path === '-' || path.startsWith('-#')) return { from: 'stdin', kind, text };
  const name = kind === null && !archiveEnding.test(text) ? parseImageName(text) : null;
  return { from: 'path', kind, path, name, text };
}

function named(name: string, text: string): string {
  // A leading hyphen is a typing mistake here and an option elsewhere.
  if (name !== '' && !name.startsWith('-')) return name;
  throw problem('usage', { message: `${text}: the name of the image is missing.` });
}
