import type { Platform } from '../image/platform.ts';

/** Where an image is in an engine's API. `what`: `json` tells about it, `get` exports it. */
export function imageTarget(version: string, name: string, what: 'json' | 'get'): string {
  // Slashes stay: the engine's route takes any number of them.
  return `/v${version}/images/${name.split('/').map(encodeURIComponent).join('/')}/${what}`;
}

/** `platform` of an export, which is JSON as the image-spec has it (Docker Engine API 1.48). */
export function platformQuery({ os, architecture, variant }: Platform): string {
  const json = JSON.stringify({ os, architecture, ...(variant === null ? {} : { variant }) });
  return `?platform=${encodeURIComponent(json)}`;
}
