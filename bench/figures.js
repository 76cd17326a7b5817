import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { firstLayer, firstLayerFile } from './first-layer.js';
import { imageFile } from './images.js';
import { budgetFigures } from './budget-figures.js';
import { compare, median, peakMemory, run } from './measure.js';
import { registryFigures } from './registry.js';
import { repositoryFolder } from './repository.js';
import { tuiFigures } from './tui.js';

/** @typedef {import('./measure.js').Command} Command */

/**
 * One row of the table. A limit of null: measured for the record.
 * @typedef {object} Figure
 * @property {string} name
 * @property {{ value: number, limit: number | null } | null} ratio
 * @property {{ value: number, limit: number | null }} [milliseconds]
 * @property {{ bytes: number | null, limit: number | null } | null} memory
 * @property {string} detail
 */

/** @typedef {(pairs: number) => Promise<Figure | Figure[]>} Part */

const mega = 1_000_000;
const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
const gunzip = fileURLToPath(new URL('gunzip.js', import.meta.url));
const demo = fileURLToPath(new URL('../fixtures/demo.tar', import.meta.url));

/** @type {Command} */
const bareNode = { argv: [execPath, '-e', '0'] };

/** @type {(...args: string[]) => Command} */
const layerscope = (...args) => ({ argv: [execPath, bin, ...args] });

/**
 * @param {string} name
 * @param {Command} a
 * @param {Command} b
 * @param {{ ratio: number | null, memory?: number | null, pairs: number }} limits
 * @returns {Promise<Figure>}
 */
async function figure(name, a, b, { ratio: limit, memory: memoryLimit, pairs }) {
  const { ratio, a: seconds, b: against } = await compare(a, b, pairs);
  return {
    name,
    ratio: { value: ratio, limit },
    memory: memoryLimit === undefined ? null : { bytes: await peakMemory(a), limit: memoryLimit },
    detail: `${seconds.toFixed(3)} s / ${against.toFixed(3)} s`,
  };
}

/**
 * @param {string} name
 * @param {Command} command
 * @param {number} limit
 * @returns {Promise<Figure>}
 */
async function memoryFigure(name, command, limit) {
  return { name, ratio: null, memory: { bytes: await peakMemory(command), limit }, detail: '' };
}

/**
 * Bare gunzip of the first layer of an image.
 * @param {string} image
 * @returns {Command}
 */
function bareGunzip(image) {
  const { offset, size } = firstLayer(image);
  return { argv: [execPath, gunzip, image, String(offset), String(size)] };
}

/** What can be measured, by the name that selects it on the command line. */
export const parts = /** @type {Readonly<Record<string, Part>>} */ ({
  version: (pairs) =>
    figure('--version / node -e 0', layerscope('--version'), bareNode, { ratio: 3, pairs: pairs * 2 }),
  demo: (pairs) =>
    figure('demo image / node -e 0', layerscope('analyze', demo), bareNode, { ratio: 10, pairs: pairs * 2 }),
  plain: async (pairs) => {
    const image = await imageFile('plain');
    /** @type {Command} */
    const tar = { argv: ['tar', 'tf', await firstLayerFile(image)] };
    const limits = { ratio: 3, memory: 350 * mega, pairs };
    return figure('2 GB uncompressed / tar tf', layerscope('analyze', image), tar, limits);
  },
  million: async () =>
    memoryFigure('a million entries, 1 layer', layerscope('analyze', await imageFile('million')), 800 * mega),
  'million-in-3': async () =>
    memoryFigure('a million entries, 3 layers', layerscope('analyze', await imageFile('million-in-3')), 800 * mega),
  gzip: async (pairs) => {
    const image = await imageFile('gzip');
    const limits = { ratio: 1.2, memory: null, pairs };
    return figure('2 GB gzip layer / bare gunzip', layerscope('analyze', image), bareGunzip(image), limits);
  },
  'gzip-twice': async (pairs) => {
    const [one, two] = [await imageFile('gzip'), await imageFile('gzip-twice')];
    const limits = { ratio: 1.35, memory: null, pairs };
    return figure('two gzip layers / one', layerscope('analyze', two), layerscope('analyze', one), limits);
  },
  stdin: async (pairs) => {
    const image = await imageFile('gzip');
    const limits = { ratio: null, memory: null, pairs };
    const piped = { ...layerscope('analyze', '-'), input: image };
    return figure('gzip layer on stdin / bare gunzip', piped, bareGunzip(image), limits);
  },
  replay: async (runs) => {
    const command = layerscope('cache', 'replay', '--commits', '1000', repositoryFolder());
    const times = [];
    // The first one, which brings files into the page cache, is not counted.
    for (let at = 0; at <= runs; at++) times.push(await run(command));
    return {
      name: 'replay of 1,000 commits, 5,000 files',
      ratio: null,
      milliseconds: { value: median(times.slice(1)) * 1000, limit: 5000 },
      memory: { bytes: await peakMemory(command), limit: null },
      detail: '',
    };
  },
  budgets: budgetFigures,
  registry: registryFigures,
  tui: tuiFigures,
});
