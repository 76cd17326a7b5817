import type { KnownDifference } from './difference.ts';

/**
 * Where an extractor and layerscope disagree on purpose: extractors disagree with each other and with the image
 * specification, which layerscope follows.
 */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [];
