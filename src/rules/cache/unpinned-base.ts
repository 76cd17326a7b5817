import { parseImageName } from '../../image/image-name.ts';
import type { CacheRule, CacheRuleFinding } from './cache-rule.ts';
import { locationOf, placeOf } from './place.ts';
import { type UsedImage, usedImages } from './used-images.ts';

/** An image named without a digest: when its tag moves, everything on top re-runs. */
export const unpinnedBase: CacheRule = {
  name: 'unpinned-base',
  check: (input) => usedImages(input).flatMap(findingFor),
};

function findingFor({ reference, instruction }: UsedImage): CacheRuleFinding[] {
  const name = parseImageName(reference);
  if (name === null || name.digest !== null) return [];
  const { tag } = name;
  const isLatest = tag === 'latest';
  return [
    {
      severity: isLatest ? 'warning' : 'info',
      message: isLatest
        ? `${placeOf(instruction)} takes whatever ${reference} is when the build runs: another release at any time, and everything on top re-runs.`
        : `${placeOf(instruction)} follows the tag ${tag}: when that moves, everything on top re-runs.`,
      help: isLatest
        ? `Name a version and its digest (docker buildx imagetools inspect ${reference}), and let a bot raise them.`
        : `Write ${reference}@sha256:… (docker buildx imagetools inspect ${reference}) and let a bot raise it, if rebuilds should be the same until you say otherwise.`,
      location: locationOf(instruction),
      bytes: null,
      seconds: null,
      fix: null,
    },
  ];
}
