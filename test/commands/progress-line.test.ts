import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EventEmitter } from 'node:events';
import { Readable, Writable } from 'node:stream';
import type { Host } from '../../src/commands/host.ts';
import { createProgressLine, progressText } from '../../src/commands/progress-line.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

function hostOn(isTTY: boolean, env: Record<string, string> = {}): { host: Host; written: string[] } {
  const written: string[] = [];
  const stream = (): Writable & { isTTY: boolean; columns: number } =>
    Object.assign(
      new Writable({ write: (chunk: Buffer, _encoding, done) => (written.push(chunk.toString()), done()) }),
      { isTTY, columns: 100 },
    );
  const host = Object.assign(new EventEmitter(), {
    argv: [],
    env,
    platform: 'linux',
    arch: 'x64',
    stdin: Readable.from([]),
    stdout: stream(),
    stderr: stream(),
    kill: () => true,
    exit: () => {},
  });
  return { host, written };
}

const update = { what: 'layer 1 of 2', done: 500_000, total: 1_000_000 };

test('nothing is shown of the first half second, then one line that goes again', () => {
  const { host, written } = hostOn(true);
  const { onProgress, clear } = createProgressLine(host, false);
  vi.advanceTimersByTime(499);
  onProgress(update);
  expect(written).toEqual([]);
  vi.advanceTimersByTime(1);
  onProgress(update);
  onProgress(update);
  expect(written).toEqual(['\r\u001b[K██████████           layer 1 of 2  500 kB of 1.0 MB  50 %']);
  vi.advanceTimersByTime(100);
  onProgress({ ...update, done: 1_000_000 });
  expect(written).toHaveLength(2);
  vi.advanceTimersByTime(1000);
  onProgress({ ...update, done: 2_000_000, total: 10_000_000 });
  expect(written[2]).toMatch(/2\.0 MB of 10\.0 MB {2}20 % {2}1\.4 MB\/s {2}6 s left$/);
  clear();
  clear();
  expect(written.slice(3)).toEqual(['\r\u001b[K']);
});

test('what is over sooner leaves nothing to clear', () => {
  const { host, written } = hostOn(true);
  const { onProgress, clear } = createProgressLine(host, false);
  onProgress(update);
  clear();
  expect(written).toEqual([]);
});

test.each<[string, boolean, boolean, Record<string, string>]>([
  ['no terminal', false, false, {}],
  ['--quiet', true, true, {}],
  ['a dumb terminal', true, false, { TERM: 'dumb' }],
])('%s: no progress', (_what, isTTY, quiet, env) => {
  const { host, written } = hostOn(isTTY, env);
  const { onProgress, clear } = createProgressLine(host, quiet);
  vi.advanceTimersByTime(10_000);
  onProgress(update);
  clear();
  expect(written).toEqual([]);
});

test('the line fits the terminal, and says what it knows', () => {
  expect(progressText({ what: 'standard input', done: 2_500_000, total: null }, 80)).toBe('standard input  2.5 MB');
  expect(progressText({ what: 'x', done: 0, total: 0 }, 80)).toBe('x  0 B');
  expect(progressText({ ...update, what: 'a\u001b[2Jb' }, 80)).not.toContain('\u001b');
  const pace = { bytesPerSecond: 125_000, secondsLeft: 4 };
  expect(progressText({ ...update, pace }, 100)).toMatch(/ {2}500 kB of 1\.0 MB {2}50 % {2}125 kB\/s {2}4 s left$/);
  for (const width of [0, 1, 10, 40]) expect(progressText(update, width).length).toBe(Math.max(0, width - 1));
});
