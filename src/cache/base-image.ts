import { formatImageName, parseImageName } from '../image/image-name.ts';
import type { BaseImage, BuildInputs } from './build-inputs.ts';

/** The image that a reference names, however it is written: `node` is `docker.io/library/node:latest`. */
export function baseImage({ bases }: Pick<BuildInputs, 'bases'>, reference: string): BaseImage {
  const exact = bases.get(reference);
  if (exact !== undefined) return exact;
  const name = fullName(reference);
  for (const [known, image] of bases) if (fullName(known) === name) return image;
  return { identity: name, config: null };
}

function fullName(reference: string): string {
  const name = parseImageName(reference);
  return name === null ? reference : formatImageName(name);
}
