import { parseImageName } from '../../image/image-name.ts';
import type { Report } from '../report.ts';

/**
 * A name to put in a file's place where no Dockerfile is known: the image's, without what changes from build to build.
 */
export function imageFile({ names, reference }: Report['image']): string {
  const [name = reference] = names;
  return parseImageName(name)?.repository ?? (name.split('/').findLast((part) => part !== '') || 'image');
}
