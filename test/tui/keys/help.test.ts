import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textWidth } from '../../../src/text/width.ts';
import type { KeyContext } from '../../../src/tui/keys/actions.ts';
import { bind } from '../../../src/tui/keys/bindings.ts';
import { footerLine, helpLines } from '../../../src/tui/keys/help.ts';
import { keyLabel } from '../../../src/tui/keys/key-label.ts';
import type { Line } from '../../../src/tui/line.ts';

const usual = bind({});

function text(line: Line): string {
  return line.map((span) => span.text).join('');
}

test.each([
  ['up', '↑'],
  ['pageup', 'PgUp'],
  ['space', 'Space'],
  ['escape', 'Esc'],
  ['ctrl+u', '^u'],
  ['ctrl+]', '^]'],
  ['ctrl+up', 'Ctrl-↑'],
  ['ctrl+alt+a', 'Ctrl-Alt-a'],
  ['shift+tab', 'Shift-Tab'],
  ['alt+x', 'Alt-x'],
  ['alt++', 'Alt-+'],
  ['+', '+'],
  ['f5', 'F5'],
  ['G', 'G'],
])('the key %s is written %s', (name, label) => {
  expect(keyLabel(name)).toBe(label);
});

describe('the help', () => {
  test('lists the keys by group', () => {
    const lines = helpLines(usual, 80).map(text);
    expect(lines.slice(0, 5)).toEqual([
      'Everywhere',
      '  ↑, k       one row up',
      '  ↓, j       one row down',
      '  ^u         half a page up',
      '  ^d         half a page down',
    ]);
    expect(lines.slice(lines.indexOf('Layers') - 1, lines.indexOf('File tree') + 2)).toEqual([
      '',
      'Layers',
      '  Space  fold or unfold the base layers',
      '',
      'File tree',
      '  Space         fold or unfold a directory',
    ]);
    expect(lines).not.toContain('Dockerfile');
  });

  test('has two columns of about one height where there is room', () => {
    const lines = helpLines(usual, 120).map(text);
    expect(lines.slice(0, 4)).toEqual([
      'Everywhere'.padEnd(61) + 'Layers',
      '  ↑, k       one row up'.padEnd(61) + '  Space  fold or unfold the base layers',
      '  ↓, j       one row down',
      '  ^u         half a page up'.padEnd(61) + 'File tree',
    ]);
    const filter = lines.findIndex((line) => line.includes('filter by name'));
    expect(lines[filter]?.slice(0, 61).trimEnd()).toBe('  /          filter by name, path or glob; the cursor');
    expect(lines[filter + 1]?.slice(0, 61).trimEnd()).toBe('             keeps moving');
    expect(lines.length).toBeLessThan(0.6 * helpLines(usual, 80).length);
  });

  test('shows the keys of the configuration, and no action without any', () => {
    const lines = helpLines(bind({ up: ['ctrl+p'], down: [] }), 80).map(text);
    expect(lines[1]).toBe('  ^p         one row up');
    expect(lines[2]).toBe('  ^u         half a page up');
  });

  test('is never wider than the terminal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 32, max: 250 }), (width) => {
        for (const line of helpLines(usual, width)) expect(textWidth(text(line))).toBeLessThanOrEqual(width);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the footer', () => {
  test.each([
    ['layers', 100, '? keys  q quit  / filter  Space base  Enter go  Tab pane  R report  c changes  v split'],
    ['dockerfile', 100, '? keys  q quit  / filter  Enter go  Tab pane  R report  c changes  v split'],
    ['file', 100, '? keys  q quit  / search  x hex  Enter go  Tab pane  R report  c changes  v split'],
    ['tree', 80, '? keys  q quit  / filter  s sort  W waste  e extract  d compare  Enter go'],
    ['tree', 24, '? keys  q quit  / filter'],
    ['tree', 23, '? keys  q quit'],
    ['tree', 5, ''],
  ] as const)('of %s in %d columns', (context, width, line) => {
    expect(text(footerLine(usual, context, width))).toBe(line);
  });

  test('shows the first key of the configuration', () => {
    const line = footerLine(bind({ help: ['f1', '?'], quit: [] }), 'dockerfile', 40);
    expect(text(line)).toBe('F1 keys  / filter  Enter go  Tab pane');
  });

  test('fits', () => {
    const contexts: KeyContext[] = ['everywhere', 'layers', 'tree', 'waste', 'dockerfile', 'file'];
    fc.assert(
      fc.property(fc.constantFrom(...contexts), fc.nat({ max: 200 }), (context, width) => {
        expect(textWidth(text(footerLine(usual, context, width)))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
