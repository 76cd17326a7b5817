import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { imageFile } from './images.js';
import { compare, median, peakMemory, run } from './measure.js';
import { pushArchive } from './push.js';

/** @typedef {import('./figures.js').Figure} Figure */
/** @typedef {import('./measure.js').Command} Command */

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));

/** Debian's. */
const server = 'docker-registry';

/**
 * Analyses of images in a registry on loopback: cold, against `skopeo copy` to a directory; and of known layers.
 * @param {number} pairs
 * @returns {Promise<Figure[]>}
 */
export async function registryFigures(pairs) {
  const scratch = mkdtempSync(join(tmpdir(), 'layerscope-bench-'));
  const registry = await startRegistry(scratch);
  const home = { ...env, HOME: scratch, XDG_CACHE_HOME: join(scratch, 'cache') };
  /** @type {(...args: string[]) => Command} */
  const analyze = (...args) => ({ argv: [execPath, bin, 'analyze', ...args], env: home });
  try {
    /** @type {Figure[]} */
    const figures = [];
    for (const name of /** @type {const} */ (['pull', 'pull-plain', 'pull-single'])) {
      await pushArchive(registry.host, name, await imageFile(name));
      const reference = `${registry.host}/${name}:1`;
      const cold = analyze('--no-index-cache', `registry:${reference}`);
      const to = `dir:${join(scratch, 'copy')}`;
      const copy = ['--insecure-policy', 'copy', '--quiet', '--src-tls-verify=false', `docker://${reference}`, to];
      const { ratio, a, b } = await compare(cold, { argv: ['skopeo', ...copy], env: home }, pairs);
      figures.push({
        name: `${titles[name]} / skopeo copy`,
        ratio: { value: ratio, limit: 1.2 },
        memory: { bytes: await peakMemory(cold), limit: null },
        detail: `${a.toFixed(3)} s / ${b.toFixed(3)} s`,
      });
    }
    const again = analyze(`registry:${registry.host}/pull:1`);
    figures.push(await timed('the same again', again, 500, pairs * 2, () => {}));
    const layers = await pushArchive(registry.host, 'pull-topped', await imageFile('pull-topped'));
    const topped = analyze(`registry:${registry.host}/pull-topped:1`);
    const cache = join(scratch, 'cache', 'layerscope');
    const top = layers.at(-1)?.slice('sha256:'.length) ?? '';
    const forget = () => {
      for (const file of readdirSync(cache)) if (file.includes(top)) rmSync(join(cache, file));
    };
    figures.push(await timed('the same with a small layer on top', topped, 700, pairs * 2, forget));
    return figures;
  } finally {
    registry.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

const titles = {
  pull: '1 GB in 4 gzip layers',
  'pull-plain': '1 GB in 4 layers, uncompressed',
  'pull-single': '1 GB in one gzip layer',
};

/**
 * @param {string} name
 * @param {Command} command
 * @param {number} limit
 * @param {number} runs
 * @param {() => void} before each run
 * @returns {Promise<Figure>}
 */
async function timed(name, command, limit, runs, before) {
  // Not counted: fills the cache.
  await run(command);
  const times = [];
  for (let at = 0; at < runs; at++) {
    before();
    times.push((await run(command)) * 1000);
  }
  return { name, ratio: null, milliseconds: { value: median(times), limit }, memory: null, detail: '' };
}

/** @param {string} folder */
async function startRegistry(folder) {
  const config = join(folder, 'config.json');
  const log = join(folder, 'registry.log');
  const storage = { filesystem: { rootdirectory: join(folder, 'registry') } };
  // YAML takes JSON as it is.
  writeFileSync(config, JSON.stringify({ version: '0.1', storage, http: { addr: '127.0.0.1:0' } }));
  const child = spawn(server, ['serve', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.pipe(createWriteStream(log));
  for (let poll = 0; poll < 100; poll++) {
    await sleep(100);
    const host = /listening on (127\.0\.0\.1:\d+)/.exec(readFileSync(log, 'utf8'))?.[1];
    if (host !== undefined) return { host, stop: () => child.kill() };
  }
  child.kill();
  throw new Error(`${server} does not start (see ${log})`);
}
