import { setTimeout as delay } from 'node:timers/promises';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** Longest wait for what a key should show, in milliseconds. */
const patience = 20_000;

/**
 * Runs a program in a terminal, presses keys, and tells what is on the screen then.
 * @param {object} options
 * @param {string} options.file
 * @param {readonly string[]} options.args
 * @param {string} options.cwd
 * @param {number} options.columns
 * @param {number} options.rows
 * @param {readonly (readonly [keys: string, seen: string])[]} options.steps keys, and what is seen when they are done
 * @returns {Promise<import('./terminal-svg.js').Run[][]>}
 */
export async function runsOnScreen({ file, args, cwd, columns, rows, steps }) {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  // A dark background, colours, and whoever looks: whatever the surroundings of this script are.
  const env = { PATH: process.env['PATH'] ?? '', CI: 'false', COLORFGBG: '15;0' };
  const pty = spawn(file, [...args], { name: 'xterm-256color', cols: columns, rows, cwd, env });
  let waiting = 0;
  pty.onData((data) => {
    waiting++;
    terminal.write(data, () => void waiting--);
  });
  const { active } = terminal.buffer;
  const lines = () => Array.from({ length: rows }, (_, row) => terminal.buffer.active.getLine(row));
  const shows = (seen) => lines().some((line) => line.translateToString().includes(seen));
  try {
    for (const [keys, seen] of steps) {
      pty.write(keys);
      const end = performance.now() + patience;
      while (waiting > 0 || terminal.modes.synchronizedOutputMode || !shows(seen)) {
        if (performance.now() > end) throw new Error(`${JSON.stringify(keys)} does not show ${seen}`);
        await delay(10);
      }
    }
    return lines().map((line) => cellRuns(line, columns, active.getNullCell()));
  } finally {
    pty.kill('SIGKILL');
  }
}

/** Spaces that part a text in two; fewer are part of it. */
const widestGap = 3;

/** Cells that look the same, side by side, as one run. */
function cellRuns(line, columns, cell) {
  const runs = [];
  let run = null;
  for (let column = 0; column < columns; column++) {
    line.getCell(column, cell);
    const [text, width] = [cell.getChars(), cell.getWidth()];
    const style = styleOf(cell);
    // The second half of a wide character, or nothing to be seen.
    if (width === 0 || (text.trim() === '' && !style.inverse && style.background === undefined)) continue;
    const gap = run === null ? 0 : column - run.column - run.width;
    if (run !== null && gap <= widestGap && sameStyle(run.style, style)) {
      run.text += ' '.repeat(gap) + (text || ' ');
      run.width += gap + width;
    } else {
      run = { text: text || ' ', column, width, style };
      runs.push(run);
    }
  }
  return runs;
}

function styleOf(cell) {
  return {
    bold: cell.isBold() !== 0,
    faint: cell.isDim() !== 0,
    underlined: cell.isUnderline() !== 0,
    inverse: cell.isInverse() !== 0,
    color: cell.isFgPalette() ? cell.getFgColor() : undefined,
    background: cell.isBgPalette() ? cell.getBgColor() : undefined,
  };
}

function sameStyle(one, other) {
  return Object.keys(one).every((key) => one[key] === other[key]);
}
