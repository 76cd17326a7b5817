import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Input } from '../../src/tui/keys/key.ts';
import type { Screen, Size } from '../../src/tui/screen.ts';
import { openKeyboard, openTerminal } from '../../src/tui/terminal.ts';
import { FakeDisplay, FakeKeyboard } from './fake-terminal.ts';

const entering = '\x1b[?1049h\x1b[?25l\x1b[?1000h\x1b[?1006h\x1b[?2004h\x1b[2J\x1b[H';
const leaving = '\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[?25h\x1b[0m\x1b[?1049l';

interface Opened {
  readonly screen: Screen;
  readonly input: FakeKeyboard;
  readonly output: FakeDisplay;
  /** Lets the stopped program go on; null while it is not stopped. */
  readonly stopped: { resume: (() => void) | null };
}

function open(mouse = true): Opened {
  const [input, output] = [new FakeKeyboard(), new FakeDisplay()];
  const stopped: Opened['stopped'] = { resume: null };
  const stop = (resumed: () => void): void => {
    stopped.resume = resumed;
  };
  return { screen: openTerminal({ input, output, mouse, stop }), input, output, stopped };
}

function names(inputs: readonly Input[]): string[] {
  return inputs.map((input) => (input.kind === 'key' ? input.name : input.kind));
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the terminal', () => {
  test('is taken', () => {
    const { input, output } = open();
    expect(output.taken()).toBe(entering);
    expect(input.taken()).toEqual(['raw', 'ref', 'resume']);
  });

  test('is taken without the mouse', () => {
    const { screen, output } = open(false);
    expect(output.taken()).toBe('\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[2J\x1b[H');
    screen.restore();
    expect(output.taken()).toBe('\x1b[?2004l\x1b[?25h\x1b[0m\x1b[?1049l');
  });

  test('is given back, once', () => {
    const { screen, input, output } = open();
    const seen: unknown[] = [];
    screen.onInput((inputs) => seen.push(inputs));
    screen.onResize((size) => seen.push(size));
    input.type('\x1b');
    output.taken();
    input.taken();
    screen.restore();
    expect(output.taken()).toBe(leaving);
    expect(input.taken()).toEqual(['cooked', 'pause', 'unref']);
    screen.restore();
    screen.suspend();
    screen.clear();
    expect(screen.copy('text')).toBe(false);
    expect([output.taken(), input.taken()]).toEqual(['', []]);
    input.type('j');
    output.resize(10, 10);
    vi.advanceTimersByTime(1000);
    expect(seen).toEqual([]);
  });

  test('is left as it was if it cannot be taken', () => {
    const [input, output] = [new FakeKeyboard(), new FakeDisplay()];
    input.setRawMode = () => {
      throw new Error('EIO');
    };
    expect(() => openTerminal({ input, output, mouse: true, stop: () => {} })).toThrow('EIO');
    expect(output.taken()).toBe('');
  });

  test('is given back although it is gone', () => {
    const { screen, input, output } = open();
    input.setRawMode = () => {
      throw new Error('EIO');
    };
    input.emit('error', new Error('EIO'));
    screen.restore();
    input.emit('error', new Error('EIO'));
    expect(output.taken()).toBe(entering + leaving);
  });

  test('is given back by writing at once where that can be', () => {
    const directory = mkdtempSync(join(tmpdir(), 'layerscope-terminal-'));
    const file = join(directory, 'written');
    const fd = openSync(file, 'w');
    const [input, output] = [new FakeKeyboard(), new FakeDisplay(fd)];
    const screen = openTerminal({ input, output, mouse: true, stop: () => {} });
    screen.restore();
    closeSync(fd);
    expect(output.taken()).toBe(entering);
    expect(readFileSync(file, 'latin1')).toBe(leaving);
    rmSync(directory, { recursive: true });
  });

  test('has a size, and tells of another', () => {
    const { screen, output } = open();
    const seen: Size[] = [];
    const off = screen.onResize((size) => seen.push(size));
    expect(screen.size()).toEqual({ columns: 80, rows: 24 });
    output.resize(120, 50);
    expect(screen.size()).toEqual({ columns: 120, rows: 50 });
    off();
    output.resize(0, 0);
    expect(screen.size()).toEqual({ columns: 80, rows: 24 });
    expect(seen).toEqual([{ columns: 120, rows: 50 }]);
  });

  test('is emptied', () => {
    const { screen, output } = open();
    output.taken();
    screen.clear();
    expect(output.taken()).toBe('\x1b[2J\x1b[H');
  });

  test('tells when no key can come any more', () => {
    for (const event of ['end', 'close', 'error']) {
      const { screen, input } = open();
      const closed = vi.fn<() => void>();
      screen.onClose(closed);
      input.emit(event, new Error('EIO'));
      expect(closed).toHaveBeenCalledOnce();
    }
  });
});

describe('input', () => {
  function listening(): Opened & { seen: string[][] } {
    const opened = open();
    const seen: string[][] = [];
    opened.screen.onInput((inputs) => seen.push(names(inputs)));
    return { ...opened, seen };
  }

  test('is told as it comes', () => {
    const { screen, input, seen } = listening();
    input.type('jj');
    input.type(Buffer.from('\x1b[A'));
    input.type(Buffer.from('ä').subarray(0, 1));
    input.type(Buffer.from('ä').subarray(1));
    input.type('\x1b[<0;1;1M\x1b[200~x\x1b[201~');
    expect(seen).toEqual([['j', 'j'], ['up'], ['ä'], ['mouse', 'paste']]);
    vi.advanceTimersByTime(1000);
    expect(seen.length).toBe(4);
    const more: string[] = [];
    const off = screen.onInput((inputs) => more.push(...names(inputs)));
    input.type('a');
    off();
    input.type('b');
    expect(more).toEqual(['a']);
  });

  test('has an escape after 25 ms of silence', () => {
    const { input, seen } = listening();
    input.type('\x1b');
    vi.advanceTimersByTime(24);
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(seen).toEqual([['escape']]);
  });

  test('has a sequence if its rest comes before', () => {
    const { input, seen } = listening();
    input.type('\x1b');
    vi.advanceTimersByTime(24);
    input.type('[');
    vi.advanceTimersByTime(24);
    input.type('A');
    vi.advanceTimersByTime(1000);
    expect(seen).toEqual([['up']]);
  });

  test('without an end keeps nobody from the next key', () => {
    const { input, seen } = listening();
    input.type(`\x1b]${'x'.repeat(100_000)}`);
    vi.advanceTimersByTime(25);
    input.type('q');
    expect(seen).toEqual([['q']]);
  });
});

describe('a suspension', () => {
  test('gives the terminal back, and takes it again', () => {
    const { screen, input, output, stopped } = open();
    const [seen, sizes]: [string[], Size[]] = [[], []];
    screen.onInput((inputs) => seen.push(...names(inputs)));
    screen.onResize((size) => sizes.push(size));
    output.taken();
    input.taken();
    input.type('\x1b');
    screen.suspend();
    expect(output.taken()).toBe(leaving);
    expect(input.taken()).toEqual(['cooked', 'pause', 'unref']);
    screen.suspend();
    screen.clear();
    expect(output.taken()).toBe('');
    // Something has to keep the program from ending.
    expect(vi.getTimerCount()).toBe(1);
    output.columns = 100;
    stopped.resume?.();
    expect(vi.getTimerCount()).toBe(0);
    expect(output.taken()).toBe(entering);
    expect(input.taken()).toEqual(['raw', 'ref', 'resume']);
    expect(sizes).toEqual([{ columns: 100, rows: 24 }]);
    input.type('[A');
    expect(seen).toEqual(['[', 'A']);
  });

  test('is over for good if the program is told to end', () => {
    const { screen, output, stopped } = open();
    screen.suspend();
    output.taken();
    screen.restore();
    expect(vi.getTimerCount()).toBe(0);
    stopped.resume?.();
    expect(output.taken()).toBe('');
  });
});

describe('the clipboard', () => {
  test('takes a text', () => {
    const { screen, output } = open();
    output.taken();
    expect(screen.copy('/usr/bin/ä')).toBe(true);
    expect(output.taken()).toBe('\x1b]52;c;L3Vzci9iaW4vw6Q=\x07');
  });

  test('takes as much as terminals do', () => {
    const { screen, output } = open();
    expect(screen.copy('x'.repeat(75_000))).toBe(true);
    output.taken();
    expect(screen.copy('x'.repeat(75_001))).toBe(false);
    expect(output.taken()).toBe('');
  });
});

test('keys come from standard input where it is a terminal', () => {
  const input = Object.assign(new FakeKeyboard(), { isTTY: true });
  expect(openKeyboard(input)).toBe(input);
});
