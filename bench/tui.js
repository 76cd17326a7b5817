import { execFileSync } from 'node:child_process';
import { execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { imageFile } from './images.js';
import { median, peakMemory } from './measure.js';
import { ProgramScreen } from './screen.js';

/** @typedef {import('./figures.js').Figure} Figure */

const mega = 1_000_000;
const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
const demo = fileURLToPath(new URL('../fixtures/demo.tar', import.meta.url));
const firstFrame = fileURLToPath(new URL('first-frame.js', import.meta.url));

const pageDown = '\u001b[6~';
const pageUp = '\u001b[5~';
const back = '\u007f';

const usualSize = { columns: 120, rows: 50 };

/** @type {(key: string, count: number) => string[]} */
const times = (key, count) => Array.from({ length: count }, () => key);

/** Keys by what they do. Those of `lead` only go where it is done. */
const journeys = [
  {
    what: 'moving in the tree',
    lead: ['2', '+'],
    keys: [...times('j', 100), ...times(pageDown, 60), ...times(pageUp, 20), ...times('k', 40), 'G', 'g'],
  },
  { what: 'folding and unfolding', lead: ['2', 'g'], keys: [...times(' ', 20), '+', '-', '+', '-', '+'] },
  { what: 'changing the layer', lead: ['1'], keys: Array.from({ length: 5 }, () => [']', ']', '[', '[']).flat() },
  { what: 'changing the pane', lead: ['2'], keys: Array.from({ length: 10 }, () => ['1', '2', '3', '4']).flat() },
  {
    what: 'scrolling the waste',
    lead: ['3'],
    keys: [...times('j', 60), ...times(pageDown, 60), ...times('k', 20), 'G', 'g'],
  },
];

/** What is typed into the filter, a letter at a time, and taken back. */
const patterns = ['index.js', 'lib/ind', '*.json'].map((text) => text.split(''));

/**
 * The figures of the screen: the built program on a terminal, keys typed into it.
 * @param {number} runs
 * @returns {Promise<Figure[]>}
 */
export async function tuiFigures(runs) {
  const figures = [await startFigure('first frame of the demo image', demo, runs)];
  for (const name of /** @type {const} */ (['million', 'million-in-3'])) {
    const image = await imageFile(name);
    figures.push(await startFigure(`first frame, ${name}`, image, Math.min(runs, 3)));
    figures.push(await fullFrameFigure(name, image, Math.min(runs, 3)));
    figures.push(...(await keyFigures(name, image)));
  }
  for (const size of [
    { columns: 80, rows: 24 },
    { columns: 200, rows: 60 },
  ])
    figures.push(await sizeFigure(await imageFile('million'), size));
  return figures;
}

/**
 * From the start of the program to a frame at all, which comes before the image is read.
 * @param {string} name
 * @param {string} image
 * @param {number} runs
 * @returns {Promise<Figure>}
 */
async function startFigure(name, image, runs) {
  const taken = [];
  for (let run = 0; run < runs; run++) {
    const screen = new ProgramScreen(image, usualSize);
    taken.push(await screen.firstFrame());
    await screen.end();
  }
  return timeFigure(name, median(taken), null, `${taken.length} starts`);
}

/**
 * @param {string} name
 * @param {string} image
 * @param {number} runs
 * @returns {Promise<Figure>}
 */
async function fullFrameFigure(name, image, runs) {
  const taken = [];
  for (let run = 0; run < runs; run++)
    taken.push(Number(execFileSync(execPath, [firstFrame, image], { encoding: 'utf8', stdio: 'pipe' })));
  return timeFigure(`analysis to full frame, ${name}`, median(taken), 500, `${taken.length} runs, in process`);
}

/**
 * @param {string} name
 * @param {string} image
 * @returns {Promise<Figure[]>}
 */
async function keyFigures(name, image) {
  const analysis = await peakMemory({ argv: [execPath, bin, 'analyze', '--json', image] });
  return withScreen(image, usualSize, async (screen) => {
    const figures = [];
    for (const { what, lead, keys } of journeys) {
      await typed(screen, lead);
      figures.push(spread(`${what}, ${name}`, await typed(screen, keys), 50));
    }
    await typed(screen, ['2', '/']);
    const letters = [];
    const takenBack = [];
    for (const pattern of patterns) {
      letters.push(...(await typed(screen, pattern)));
      takenBack.push(...(await typed(screen, times(back, pattern.length))));
    }
    figures.push(spread(`a letter of the filter, ${name}`, letters, 150));
    figures.push(spread(`a letter taken back, ${name}`, takenBack, 150));
    await screen.key('\u001b');
    // Or the next key would be one with Alt.
    await sleep(100);
    await typed(screen, ['+', 'g']);
    const { frames, behind } = await screen.hold('j', 300);
    figures.push(timeFigure(`300 keys held, ${name}`, behind, 50, `${frames} frames; the last after the last key`));
    const peak = screen.peakMemory();
    const memory = analysis === null || peak === 0 ? null : { bytes: peak - analysis, limit: 250 * mega };
    const detail = `${Math.round(peak / mega)} MB / ${Math.round((analysis ?? 0) / mega)} MB`;
    return [...figures, { name: `memory over the analysis, ${name}`, ratio: null, memory, detail }];
  });
}

/**
 * Moving on a screen of another size.
 * @param {string} image
 * @param {{ columns: number, rows: number }} size
 * @returns {Promise<Figure>}
 */
async function sizeFigure(image, size) {
  const taken = await withScreen(image, size, async (screen) => {
    await typed(screen, ['2', '+']);
    return typed(screen, [...times('j', 60), ...times(pageDown, 40)]);
  });
  return spread(`moving on ${size.columns} x ${size.rows}, million`, taken, null);
}

/**
 * Opens a screen and waits for everything to be shown; it is closed whatever happens.
 * @template Result
 * @param {string} image
 * @param {{ columns: number, rows: number }} size
 * @param {(screen: ProgramScreen) => Promise<Result>} use
 */
async function withScreen(image, size, use) {
  const screen = new ProgramScreen(image, size);
  try {
    await screen.shows(' wasted');
    return await use(screen);
  } finally {
    await screen.end();
  }
}

/**
 * @param {ProgramScreen} screen
 * @param {readonly string[]} keys
 * @returns {Promise<number[]>} milliseconds of those that drew something
 */
async function typed(screen, keys) {
  const taken = [];
  for (const [at, key] of keys.entries()) {
    const time = await screen.key(key);
    if (time !== null) taken.push(time);
    // One layer, or no waste: nothing here will draw anything, and each key is waited for.
    else if (taken.length === 0 && at >= 3) break;
  }
  return taken;
}

/**
 * The 99th percentile.
 * @param {string} name
 * @param {readonly number[]} taken
 * @param {number | null} limit
 * @returns {Figure}
 */
function spread(name, taken, limit) {
  const sorted = taken.toSorted((a, b) => a - b);
  // Where there is only one layer, or no waste, keys draw nothing.
  if (sorted.length === 0) return { name, ratio: null, memory: null, detail: 'nothing drawn' };
  const nearly = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
  return timeFigure(name, nearly, limit, `p99 of ${taken.length}; median ${median(taken).toFixed(0)} ms`);
}

/**
 * @param {string} name
 * @param {number} value
 * @param {number | null} limit
 * @param {string} detail
 * @returns {Figure}
 */
function timeFigure(name, value, limit, detail) {
  return { name, ratio: null, milliseconds: { value, limit }, memory: null, detail };
}
