import type { Instruction } from '../../dockerfile/dockerfile.ts';

const metadata = new Set('LABEL EXPOSE CMD ENTRYPOINT HEALTHCHECK VOLUME STOPSIGNAL MAINTAINER ONBUILD'.split(' '));

/** Whether an instruction only says something about the image, wherever it stands. */
export function isMetadata({ keyword }: Instruction): boolean {
  return metadata.has(keyword);
}

/** Whether an instruction writes files: what takes time, and makes layers. */
export function writesFiles({ keyword }: Instruction): boolean {
  return keyword === 'RUN' || keyword === 'COPY' || keyword === 'ADD';
}
