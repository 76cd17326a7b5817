// Renders the pictures of the documentation from what the built program shows: `npm run pictures`.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runsOf } from './sgr-runs.js';
import { runsOnScreen } from './terminal-screen.js';
import { terminalSvg } from './terminal-svg.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const demo = ['fixtures/demo.tar', '-d', 'fixtures/demo/Dockerfile'];

/** What a command prints; `lines` cuts a long page. */
const printed = [
  { file: 'analyze.svg', args: ['analyze', ...demo, '--no-tui'], lines: 67 },
  { file: 'ci.svg', args: ['ci', ...demo, '--config', 'docs/pictures/layerscope.yaml'], lines: 30 },
  { file: 'history.svg', args: ['history', 'fixtures/demo.tar'], lines: 40 },
];

/** What the screen shows after keys, each with what is seen when it is done. */
const down = '\u001b[B';
const screens = [
  { file: 'tui-overview.svg', steps: [[down.repeat(3), 'changes of layer 3']] },
  {
    file: 'tui-waste.svg',
    steps: [
      ['3', '[3 Waste]'],
      ['\r', 'As layer 3 has it'],
    ],
  },
  { file: 'tui-dockerfile.svg', steps: [['b', 'bytes are wasted.']] },
  {
    file: 'tui-split.svg',
    steps: [
      [down.repeat(5), 'changes of layer 5'],
      ['v', 'layers 0 to 5'],
    ],
  },
  { file: 'tui-filter.svg', steps: [['/*.msg', '20 found']] },
  {
    file: 'tui-compare.svg',
    steps: [
      [down.repeat(8), 'changes of layer 8'],
      ['/noteboard.conf', '1 found'],
      ['\r', '? keys'],
      ['d', 'Changed from'],
    ],
  },
];

for (const { file, args, lines } of printed) {
  const env = { ...process.env, FORCE_COLOR: '1', NO_COLOR: '' };
  // A gate that fails prints all the same.
  const { stdout } = spawnSync(process.execPath, ['dist/bin.js', ...args], { cwd: root, env, encoding: 'utf8' });
  const shown = stdout.trimEnd().split('\n').slice(0, lines);
  const prompt = `$ layerscope ${args.filter((arg) => arg !== '--no-tui').join(' ')}`;
  const title = { text: prompt, column: 0, width: prompt.length, style: { bold: true } };
  writeFileSync(new URL(file, import.meta.url), terminalSvg([[title], [], ...shown.map(runsOf)]));
}
for (const { file, steps } of screens) {
  const [columns, rows] = [120, 36];
  const shown = await runsOnScreen({
    file: process.execPath,
    args: ['dist/bin.js', ...demo],
    cwd: root,
    columns,
    rows,
    steps: [['', '2.2 MB wasted (38 %)'], ...steps],
  });
  // The last row is always empty.
  writeFileSync(new URL(file, import.meta.url), terminalSvg(shown.slice(0, -1), columns));
}
