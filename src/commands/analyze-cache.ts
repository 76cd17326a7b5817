import type { Config } from '../config/config.ts';
import type { AnalyzedCache } from './cache/analyze-build.ts';
import type { BuildPlaceArguments } from './dockerfile-options.ts';
import type { Host } from './host.ts';
import type { LoadedImage } from './load-image.ts';
import type { MappedImage } from './map-image.ts';

/** Of an image whose Dockerfile is not known. */
export const noCache: AnalyzedCache = { checkedRules: [], findings: [], cache: null, warnings: [] };

/**
 * Looks at an image's Dockerfile, and at its context where one is given, as the builder's cache would.
 * @throws LayerscopeError
 */
export async function analyzeCache(
  host: Host,
  loaded: Pick<LoadedImage, 'image' | 'union'>,
  mapped: MappedImage,
  args: BuildPlaceArguments,
  config: Pick<Config, 'rules'>,
): Promise<AnalyzedCache> {
  const { file } = mapped;
  const { dockerfile } = mapped.mapping;
  if (dockerfile === null || file === null) return noCache;
  // Models and rules are not worth loading for an image alone.
  const { analyzeBuild } = await import('./cache/analyze-build.ts');
  return analyzeBuild(host, loaded, { ...mapped, dockerfile, file }, args, config);
}
