import { problem } from '../errors.ts';
import { formatPlatform, type Platform, satisfies } from '../image/platform.ts';
import { sanitize } from '../text/sanitize.ts';
import type { CatalogImage } from './catalog-reader.ts';

/** Which platform of an image to take: the one asked for, if any, else the one that images are looked for here. */
export interface PlatformWish {
  readonly wanted: Platform | null;
  readonly host: Platform;
}

/**
 * Picks the image a user means.
 * @param selector what stands behind `#`: a name, a tag, or a number counted from 0; null if nothing does
 * @throws LayerscopeError `several-images`, `no-such-image`, listing what there is
 */
export function selectImage(images: readonly CatalogImage[], selector: string | null, path: string): CatalogImage {
  const [first] = images;
  if (selector === null) {
    if (first !== undefined && images.length === 1) return first;
    throw problem('several-images', { path, choices: images.map(describe) });
  }
  const named = images.filter(({ names }) => names.some((name) => answersTo(name, selector)));
  const [match] = named;
  if (match !== undefined && named.length === 1) return match;
  if (named.length > 1) throw problem('several-images', { path, choices: named.map(describe) });
  const numbered = /^[0-9]+$/.test(selector) ? images[Number(selector)] : undefined;
  if (numbered === undefined) throw problem('no-such-image', { path, wanted: selector, choices: images.map(describe) });
  return numbered;
}

function describe({ names, platforms }: CatalogImage, index: number): string {
  const what =
    names.length > 0 ? names.join(' = ') : platforms.map(({ platform }) => formatPlatform(platform)).join(' ');
  return `${index} (${sanitize(what)})`;
}

/** `demo:1`, `docker.io/library/demo:1` and the bare tag `1` all name docker.io/library/demo:1. */
function answersTo(name: string, selector: string): boolean {
  return name === selector || name.endsWith(`/${selector}`) || name.endsWith(`:${selector}`);
}

/**
 * Picks the platform: the one asked for, else this host's, else the only one.
 * @param path names the image in errors
 * @throws LayerscopeError `no-such-platform`, `several-platforms`, listing what there is
 */
export function selectPlatform<Choice extends { readonly platform: Platform }>(
  choices: readonly Choice[],
  { wanted, host }: PlatformWish,
  path: string,
): Choice {
  const platforms = (offered: readonly Choice[]): string[] => offered.map(({ platform }) => formatPlatform(platform));
  const [only] = choices;
  if (wanted === null && choices.length === 1 && only !== undefined) return only;
  const fitting = choices.filter(({ platform }) => satisfies(platform, wanted ?? host));
  const [match] = fitting;
  if (match !== undefined && fitting.length === 1) return match;
  if (wanted === null) throw problem('several-platforms', { path, choices: platforms(choices) });
  if (fitting.length > 1) throw problem('several-platforms', { path, choices: platforms(fitting) });
  throw problem('no-such-platform', { path, wanted: formatPlatform(wanted), choices: platforms(choices) });
}
