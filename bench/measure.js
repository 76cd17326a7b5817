import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A command and, if it reads it, the file on its standard input; its environment, if that is not this one.
 * @typedef {{ argv: readonly [string, ...string[]], input?: string, env?: NodeJS.ProcessEnv }} Command
 */

/**
 * Runs a command to its end, its output thrown away.
 * @param {Command} command
 * @param {(pid: number) => void} [onStart]
 * @returns {Promise<number>} wall time in seconds
 */
export async function run({ argv: [file, ...args], input, env }, onStart) {
  const stdin = input === undefined ? null : openSync(input, 'r');
  try {
    const start = performance.now();
    const child = spawn(file, args, { stdio: [stdin ?? 'ignore', 'ignore', 'inherit'], ...(env && { env }) });
    if (child.pid !== undefined) onStart?.(child.pid);
    const status = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
    if (status !== 0) throw new Error(`${file} ${args.join(' ')}: exit status ${status}`);
    return (performance.now() - start) / 1000;
  } finally {
    if (stdin !== null) closeSync(stdin);
  }
}

/**
 * Runs two commands in turn, A B A B, so that a machine that gets slower slows both.
 * @param {Command} a
 * @param {Command} b
 * @param {number} pairs
 * @returns {Promise<{ ratio: number, a: number, b: number }>} the median of A/B by pair, and of both in seconds
 */
export async function compare(a, b, pairs) {
  // Not counted: brings files into the page cache.
  await run(b);
  await run(a);
  const times = [];
  for (let pair = 0; pair < pairs; pair++) times.push({ a: await run(a), b: await run(b) });
  return {
    ratio: median(times.map((time) => time.a / time.b)),
    a: median(times.map((time) => time.a)),
    b: median(times.map((time) => time.b)),
  };
}

/**
 * The most memory that a command had resident at once.
 * @param {Command} command
 * @returns {Promise<number | null>} in bytes; null where the system does not tell
 */
export async function peakMemory({ argv, input, env }) {
  const timer = '/usr/bin/time';
  const rest = { ...(input === undefined ? {} : { input }), ...(env && { env }) };
  if (existsSync(timer)) {
    const dir = mkdtempSync(join(tmpdir(), 'layerscope-bench-'));
    try {
      const file = join(dir, 'time');
      await run({ argv: [timer, '-v', '-o', file, ...argv], ...rest });
      const found = /Maximum resident set size \(kbytes\): (\d+)/.exec(readFileSync(file, 'utf8'));
      if (found !== null) return Number(found[1]) * 1024;
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
  let peak = 0;
  /** @type {NodeJS.Timeout | undefined} */
  let poll;
  await run({ argv, ...rest }, (pid) => {
    poll = setInterval(() => (peak = Math.max(peak, highWaterMark(pid))), 10);
  }).finally(() => clearInterval(poll));
  return peak === 0 ? null : peak;
}

/**
 * @param {number} pid
 * @returns {number} in bytes; 0 if unknown
 */
export function highWaterMark(pid) {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return ((sorted[middle] ?? 0) + (sorted[sorted.length - 1 - middle] ?? 0)) / 2;
}
