import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { env, stderr } from 'node:process';
import { fileURLToPath } from 'node:url';
import { writeImage } from './image.js';

/** @typedef {import('./image.js').LayerPlan} LayerPlan */

/** Part of the file name: a change to the generator makes new images. */
const generation = 1;

/** Where all that is measured is kept. */
export const benchCache = env['LAYERSCOPE_BENCH_CACHE'] ?? fileURLToPath(new URL('../.cache/bench/', import.meta.url));

/**
 * 2 GB in 155,000 files.
 * @param {number} seed
 * @param {boolean} gzip
 * @returns {LayerPlan}
 */
const large = (seed, gzip) => ({
  tree: { seed, files: 155_000, medianBytes: 2000, spread: 1.6, largeFiles: 36, root: `srv/app-${seed}` },
  gzip,
});

/**
 * Many files and few bytes, for what an entry costs.
 * @param {number} seed
 * @param {number} files
 * @returns {LayerPlan}
 */
const many = (seed, files) => ({
  tree: { seed, files, medianBytes: 300, spread: 1, largeFiles: 0, root: `srv/app-${seed}` },
  gzip: false,
});

/**
 * 250 MB in 19,000 files.
 * @param {number} seed
 * @param {boolean} gzip
 * @returns {LayerPlan}
 */
const quarter = (seed, gzip) => ({
  tree: { seed, files: 19_000, medianBytes: 2000, spread: 1.6, largeFiles: 4, root: `srv/app-${seed}` },
  gzip,
});

/** @type {LayerPlan} */
const small = {
  tree: { seed: 20, files: 100, medianBytes: 2000, spread: 1.6, largeFiles: 0, root: 'srv/top' },
  gzip: true,
};

const quarters = [quarter(11, true), quarter(12, true), quarter(13, true), quarter(14, true)];

/** Layers by the name of the image. */
const plans = /** @satisfies {Readonly<Record<string, readonly LayerPlan[]>>} */ ({
  plain: [large(1, false)],
  gzip: [large(1, true)],
  'gzip-twice': [large(1, true), large(2, true)],
  million: [many(3, 920_000)],
  // 1 GB, for a registry.
  pull: quarters,
  'pull-topped': [...quarters, small],
  'pull-plain': [quarter(11, false), quarter(12, false), quarter(13, false), quarter(14, false)],
  'pull-single': [
    {
      tree: { seed: 15, files: 77_000, medianBytes: 2000, spread: 1.6, largeFiles: 18, root: 'srv/app-15' },
      gzip: true,
    },
  ],
  // 200,000 files that are seen, and 40,000 that are not: for budgets.
  budgets: [many(31, 160_000), many(32, 40_000), many(32, 40_000)],
  // The third layer is the first one over again: every file of it is overwritten.
  'million-in-3': [many(4, 307_000), many(5, 307_000), many(4, 307_000)],
});

/** @typedef {keyof typeof plans} ImageName */

/**
 * An image of the benchmark, made if it is not in the cache yet.
 * @param {ImageName} name
 * @returns {Promise<string>} its file
 */
export async function imageFile(name) {
  const file = join(benchCache, `${name}-${generation}.tar`);
  if (existsSync(file)) return file;
  mkdirSync(benchCache, { recursive: true });
  stderr.write(`making ${file} (once)\n`);
  await writeImage(file, plans[name]);
  return file;
}
