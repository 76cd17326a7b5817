// One of several processes that use one cache directory at a time; processes.test.ts starts it. Plain
// JavaScript, for it runs without a loader. Prints how often it found an index, and fails if one was not as it was put.
import { argv, stdout } from 'node:process';

const [build, dir, limit, turns] = argv.slice(2);
const { openIndexCache } = await import(`${build}index-cache/index-cache.js`);
const { LayerIndexBuilder } = await import(`${build}layer/layer-index-builder.js`);
const { ContentDigests } = await import(`${build}layer/content-digests.js`);

/** @param {number} number */
function layerOf(number) {
  const builder = new LayerIndexBuilder('');
  const index = builder.finish(number, []);
  // Large enough that others see it while it is written.
  const kept = new Map();
  const digests = new ContentDigests(0);
  const oddities = [{ code: 'lone-zero-block', count: 1, example: 'x'.repeat(300_000) }];
  return {
    index: { ...index, oddities },
    digests,
    kept,
    compression: 'gzip',
    blobBytes: number,
    hashes: null,
    chunks: null,
  };
}

let found = 0;
for (let turn = 0; turn < Number(turns); turn++) {
  const number = Math.floor(Math.random() * 6);
  const digest = `sha256:${String(number).repeat(64)}`;
  // A cache of its own at each turn, as every run has: the directory is listed, and files are evicted, each time.
  const cache = openIndexCache(dir, Number(limit));
  const scanned = cache.get(digest);
  if (scanned === null || turn % 4 === 0) cache.put(digest, layerOf(number));
  if (scanned === null) continue;
  found++;
  if (scanned.blobBytes !== number || scanned.index.oddities[0].example.length !== 300_000)
    throw new Error(`not what was put: ${number}`);
}
stdout.write(`${found}\n`);
