// node bench/first-frame.js IMAGE: milliseconds from the end of the analysis to the last byte of the first full frame. In
// one process and into a stream that keeps the time, for nobody outside can tell when the analysis ends.
import { EventEmitter } from 'node:events';
import process from 'node:process';
import { setImmediate as untilIdle } from 'node:timers/promises';

process.env['NODE_ENV'] = 'production';
process.env['CI'] = 'false';
/**
 * A module of the built program. By a computed name: TypeScript would check what it has written itself.
 * @param {string} path
 */
const built = (path) => import(new URL(`../build/${path}`, import.meta.url).href);
const { nothingIgnored } = await built('analysis/ignored-content.js');
const { analyzeImage, hashImage } = await built('commands/analyze-image.js');
const { loadImage } = await built('commands/load-image.js');
const { mapImage } = await built('commands/map-image.js');
const { defaultConfig } = await built('config/config.js');
const { bind } = await built('tui/keys/bindings.js');
const { finishedModel, openingModel, readingModel } = await built('tui/model/model.js');
const { openTui } = await built('tui/open-tui.js');
const { openTerminal } = await built('tui/terminal.js');
const { chooseTheme } = await built('tui/theme.js');
const { Paths } = await built('tui/tree/paths.js');

class Keyboard extends EventEmitter {
  setRawMode() {}
  resume() {}
  pause() {}
}

class Output extends EventEmitter {
  columns = 120;
  rows = 50;
  isTTY = true;
  lastWrite = 0;

  write() {
    this.lastWrite = performance.now();
    return true;
  }
}

const [image = ''] = process.argv.slice(2);
const output = new Output();
const screen = openTerminal({ input: new Keyboard(), output, mouse: false, stop: () => {} });
const opening = { what: 'opening', done: 0, total: null };
const tui = openTui({
  screen,
  output,
  bindings: bind({}),
  theme: chooseTheme('dark', {}, true),
  model: openingModel(image, opening),
  perform: async () => null,
});
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
const known = { image: loaded.image, ...(await mapImage(process, loaded, { ...args, ...build })) };
const paths = new Paths(loaded.union, null);
tui.show(readingModel(image, known, opening, paths, []));
await untilIdle();
await untilIdle();
const contents = hashImage(loaded);
const nothing = { findings: [], checkedRules: [], cache: null, warnings: [] };
const report = analyzeImage(loaded, contents, known, nothing, defaultConfig);
const analyzed = performance.now();
tui.show(finishedModel(image, known, paths.withContents(contents, nothingIgnored), report));
while (output.lastWrite < analyzed) await untilIdle();
process.stdout.write(`${output.lastWrite - analyzed}\n`);
tui.close();
screen.restore();
process.exit();
