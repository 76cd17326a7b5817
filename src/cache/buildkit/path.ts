import { cleanPath } from '../../dockerfile/record/build-state.ts';

/** What stands for the working directory of an image that was not read: the same on both sides of a comparison. */
export const unknownDirectory = '/(working directory of the base image)';

/** Where WORKDIR leads. An absolute path stays as written, `/app/` and all: RUN's key has it so. */
export function enter(current: string, path: string): string {
  if (path === '') return current;
  return path.startsWith('/') ? path : cleanPath(`${current}/${path}`);
}

/** A destination of COPY, absolute; whether it ends in a slash or a dot counts. */
export function destinationOf(current: string, written: string): string {
  const path = written === '' || written === '.' ? './' : written;
  const cleaned = cleanPath(enter(current, path));
  const slashed = cleaned === '/' ? '/' : `${cleaned}/`;
  if (path.endsWith('/')) return slashed;
  return path.endsWith('/.') ? `${slashed}.` : cleaned;
}

/** Go's `path.Base` of a source that is cleaned and lies below the root. */
export function baseName(path: string): string {
  return path === '' ? '/' : path.slice(path.lastIndexOf('/') + 1);
}
