// npm run bench -- [--runs N] [PART ...]
import { argv, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { parts } from './figures.js';

const { values, positionals } = parseArgs({
  args: argv.slice(2),
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' } },
});
const names = positionals.length === 0 ? Object.keys(parts) : positionals;
const rows = [['figure', 'limit', 'measured', 'peak limit', 'peak', '', 'medians']];

for (const name of names) {
  const part = parts[name];
  if (part === undefined) {
    stderr.write(`no part ${name}; there are: ${Object.keys(parts).join(', ')}\n`);
    continue;
  }
  stderr.write(`${name} …\n`);
  try {
    rows.push(...[await part(Number(values.runs))].flat().map(rowOf));
  } catch (error) {
    rows.push([name, '', 'failed', '', '', '', String(error)]);
  }
}

const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
for (const row of rows)
  stdout.write(
    `${row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd()}\n`,
  );

/**
 * @param {import('./figures.js').Figure} figure
 * @returns {string[]}
 */
function rowOf({ name, ratio, milliseconds, memory, detail }) {
  const figure = ratio ?? milliseconds;
  const over = exceeds(figure?.value, figure?.limit) || exceeds(memory?.bytes, memory?.limit);
  const limited = typeof figure?.limit === 'number' || typeof memory?.limit === 'number';
  const unit = ratio === null ? ' ms' : 'x';
  return [
    name,
    figure?.limit ? `${figure.limit}${unit}` : '',
    figure === undefined ? '' : `${figure.value.toFixed(ratio === null ? 0 : 2)}${unit}`,
    megabytes(memory?.limit),
    megabytes(memory?.bytes),
    limited ? (over ? 'over' : 'PASS') : '',
    detail,
  ];
}

/** @type {(value: number | null | undefined, limit: number | null | undefined) => boolean} */
function exceeds(value, limit) {
  return typeof value === 'number' && typeof limit === 'number' && value > limit;
}

/** @type {(bytes: number | null | undefined) => string} */
function megabytes(bytes) {
  return typeof bytes === 'number' ? `${Math.round(bytes / 1_000_000)} MB` : '';
}
