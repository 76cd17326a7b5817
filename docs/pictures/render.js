// Renders the pictures of the documentation from what the built program prints: `npm run pictures`.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { terminalSvg } from './terminal-svg.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One picture per command; `lines` cuts a long page. */
const pictures = [
  { file: 'analyze.svg', args: ['analyze', 'fixtures/demo.tar', '-d', 'fixtures/demo/Dockerfile'], lines: 67 },
  { file: 'history.svg', args: ['history', 'fixtures/demo.tar'], lines: 40 },
];

for (const { file, args, lines } of pictures) {
  const env = { ...process.env, FORCE_COLOR: '1', NO_COLOR: '' };
  const output = execFileSync(process.execPath, ['dist/bin.js', ...args], { cwd: root, env, encoding: 'utf8' });
  const shown = output.trimEnd().split('\n').slice(0, lines);
  writeFileSync(new URL(file, import.meta.url), terminalSvg(`$ layerscope ${args.join(' ')}`, shown));
}
