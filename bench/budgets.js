// node bench/budgets.js IMAGE: milliseconds that 500 budgets with paths take over an analysis: from their configuration as
// values to the verdict. In one process that has analysed the image and no budget, as `layerscope ci` is.
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';

/** Milliseconds that this thread has had a processor: what others do on the machine is not in them. 0 if unknown. */
const busy = () => {
  const file = `/proc/self/task/${process.pid}/schedstat`;
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6 : 0;
};

/**
 * A module of the built program. By a computed name: TypeScript would check what it has written itself.
 * @param {string} path
 */
const built = (path) => import(new URL(`../build/${path}`, import.meta.url).href);
const { judge } = await built('budgets/judge.js');
const { measureImage } = await built('budgets/measure-image.js');
const { analyzeImage, hashImage } = await built('commands/analyze-image.js');
const { loadImage } = await built('commands/load-image.js');
const { mapImage } = await built('commands/map-image.js');
const { checkConfig } = await built('config/check-config.js');
const { defaultConfig } = await built('config/config.js');

/** Of every shape there is: whole directories, names and endings anywhere, patterns in the middle, some that fit much. */
const shapes = [
  (/** @type {number} */ at) => `/opt/app-${at}/**`,
  (/** @type {number} */ at) => `/srv/*/node_modules/array-graph-${at}/**`,
  (/** @type {number} */ at) => `**/token-buffer-${at}/**`,
  (/** @type {number} */ at) => `**/*.part-${at}.js`,
  (/** @type {number} */ at) => `**/lib${at}-*.so`,
  (/** @type {number} */ at) => `**/dist/**/*-${at}.d.ts`,
  (/** @type {number} */ at) => `**/*stream-${at}*/src`,
  (/** @type {number} */ at) => `/srv/**/test/[a-m]*-${at}.js`,
  (/** @type {number} */ at) => ['**/*.md', '**/node_modules/**', '/srv/**', '**/package.json'][at % 4],
];
const metrics = ['size', 'files', 'wasted', 'wastedPercent'];
const scopes = ['image', 'layer'];
const budgets = Array.from({ length: 500 }, (_, at) => {
  const metric = metrics[at % metrics.length];
  const max = metric === 'wastedPercent' ? '1%' : 1000;
  return { metric, scope: scopes[at % 2], path: shapes[at % shapes.length]?.(at), max };
});

const [image = ''] = process.argv.slice(2);
const args = {
  image,
  platform: undefined,
  verify: false,
  'index-cache': false,
  'password-stdin': false,
  insecure: false,
};
const loaded = await loadImage(process, args, { onProgress: () => {}, thread: 'aside' });
const build = {
  dockerfile: undefined,
  target: undefined,
  'build-arg': [],
  base: undefined,
  'metadata-file': undefined,
};
const mapped = await mapImage(process, loaded, { ...args, ...build });
const nothing = { findings: [], checkedRules: [], cache: null, warnings: [] };
const report = analyzeImage(loaded, hashImage(loaded), mapped, nothing, defaultConfig);

const start = performance.now();
const busyBefore = busy();
const config = checkConfig([], { budgets });
const measures = measureImage(report, loaded.union, config.ignore, config.budgets);
const more = { dive: null, baseline: null, findings: report.findings, failOn: 'error', config: null };
const gate = judge({ budgets: config.budgets, measures, ...more });
const taken = performance.now() - start;
const cpu = busy() - busyBefore;
process.stdout.write(
  `${JSON.stringify({ taken, cpu, files: report.image.fileCount, results: gate.results.length, failed: gate.results.filter((/** @type {{ status: string }} */ { status }) => status === 'failed').length })}\n`,
);
process.exit();
