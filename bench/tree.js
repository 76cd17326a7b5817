import { createRandom, logNormal, pick } from './random.js';

/**
 * What a layer of the benchmark is made of.
 * @typedef {object} TreeOptions
 * @property {number} seed
 * @property {number} files how many regular files, about
 * @property {number} medianBytes median size of a file
 * @property {number} spread of the sizes, see `logNormal`
 * @property {number} largeFiles how many files of 8 to 48 MB there are besides
 * @property {string} root the directory that everything is in
 */

/**
 * An entry of a layer. `content` tells the bytes of a file: equal numbers are equal bytes.
 * @typedef {{ type: 'dir', path: string }
 *   | { type: 'file', path: string, size: number, content: number }
 *   | { type: 'symlink' | 'hardlink', path: string, target: string }} TreeEntry
 */

const basenames = /** @type {const} */ ([
  'index',
  'main',
  'utils',
  'types',
  'constants',
  'helpers',
  'errors',
  'parser',
]);
const folders = /** @type {const} */ (['lib', 'dist', 'src', 'test', 'dist/cjs', 'dist/esm', 'build', 'docs']);
const endings = /** @type {const} */ (['.js', '.js', '.js', '.d.ts', '.js.map', '.json', '.md', '.py', '.so', '.txt']);
const words = /** @type {const} */ (['array', 'stream', 'color', 'escape', 'graph', 'token', 'buffer', 'plugin']);

/** Share of files whose content another file has as well: the same package at two places. */
const duplicates = 0.04;

/**
 * A tree like the `node_modules` of a large application: packages with a few folders of many small files, the same
 * basenames over and over, nested packages with long paths, links, and some large files.
 * @param {TreeOptions} options
 * @returns {Generator<TreeEntry, void, void>}
 */
export function* treeEntries({ seed, files, medianBytes, spread, largeFiles, root }) {
  const random = createRandom(seed);
  let made = 0;
  /** @type {{ size: number, content: number }[]} */
  const seen = [];
  const file = (/** @type {string} */ path) => {
    const again = random() < duplicates ? seen[Math.floor(random() * seen.length)] : undefined;
    const fresh = { size: logNormal(random, medianBytes, spread), content: seed * 100_000_000 + made };
    const { size, content } = again ?? fresh;
    if (seen.length < 10_000) seen.push(fresh);
    else seen[Math.floor(random() * seen.length)] = fresh;
    made++;
    return /** @type {const} */ ({ type: 'file', path, size, content });
  };

  for (const path of parents(root)) yield { type: 'dir', path };
  for (let number = 0; number < largeFiles; number++) {
    const size = 8_000_000 + Math.floor(random() * 40_000_000);
    yield {
      type: 'file',
      path: `${root}/asset-${number}.bin`,
      size,
      content: seed * 100_000_000 + 90_000_000 + number,
    };
  }
  yield { type: 'dir', path: `${root}/node_modules` };
  let home = `${root}/node_modules`;
  for (let number = 0; made < files; number++) {
    const name = `${pick(random, words)}-${pick(random, words)}-${number}`;
    const main = `${home}/${name}`;
    yield { type: 'dir', path: main };
    yield file(`${main}/package.json`);
    yield file(`${main}/LICENSE`);
    yield file(`${main}/README.md`);
    for (const folder of folders.filter(() => random() < 0.4)) {
      for (const path of parents(folder)) yield { type: 'dir', path: `${main}/${path}` };
      const count = 1 + logNormal(random, 8, 1);
      for (let at = 0; at < count; at++) {
        const base = at < 8 ? pick(random, basenames) : `${pick(random, words)}-${at}`;
        yield file(`${main}/${folder}/${base}-${at}${pick(random, endings)}`);
      }
    }
    if (random() < 0.1) yield { type: 'symlink', path: `${main}/cli`, target: '../.bin/cli.js' };
    if (random() < 0.03) yield { type: 'hardlink', path: `${main}/LICENSE.txt`, target: `${main}/LICENSE` };
    // Some packages bring their own, a few levels deep: that is where the long paths are.
    if (random() < 0.2 && home.length < 300) {
      home = `${main}/node_modules`;
      yield { type: 'dir', path: home };
    } else if (random() < 0.5) home = `${root}/node_modules`;
  }
}

/** @param {string} path */
function parents(path) {
  const parts = path.split('/');
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}
