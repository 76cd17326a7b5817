import { render } from 'ink-testing-library';
import { createElement } from 'react';
import { describe, expect, test } from 'vitest';
import { chooseTheme } from '../../../src/tui/theme.ts';
import { ScreenView } from '../../../src/tui/views/screen-view.tsx';
import { Journey } from '../journey.ts';
import { sampleModel } from '../sample.ts';

// oxlint-disable-next-line no-control-regex -- the sequences of the theme
const sequences = /\u001b\[[0-9;]*m/g;

/** What Ink makes of a frame, without its looks. */
function drawn(user: Journey): string[] {
  const theme = chooseTheme('mono', {}, false);
  const { lastFrame, unmount } = render(createElement(ScreenView, { frame: user.frame, theme }));
  const text = lastFrame() ?? '';
  unmount();
  return text
    .replaceAll(sequences, '')
    .split('\n')
    .map((row) => row.trimEnd());
}

describe('the screen', () => {
  // The testing library's terminal has 100 columns.
  test('puts every pane at its place, one row short of the terminal', () => {
    const user = new Journey(sampleModel(), { columns: 100, rows: 16 });
    expect(drawn(user)).toEqual([
      ' layerscope image.tar  17.4 kB in 6 layers  5.3 kB wasted (31 %)  7 files  linux/amd64',
      '═ [1 Layers] ═══════════════════════════════│─ [2 Tree] 3  4  5  final filesystem · by size ↓ ──────',
      '  ▸  11.1 kB ██████   40 B base image, 2 la…│  9.0 kB            ▾ bin/',
      '  2    308 B ▏       300 B COPY tools /opt/…│  9.0 kB                sh',
      '  3   5.7 kB ▒▒▒▒   5.0 kB RUN build --all  │  2.7 kB          · ▾ usr/',
      '  4      0 B               RUN rm -rf /var/…│  2.0 kB              ▾ lib/',
      '  5    300 B ▏             RUN chmod 755 /o…│  2.0 kB                  libc.so',
      '─ [Details] ────────────────────────────────│   700 B          +   ▾ bin/',
      'Base image: 2 layers, 11.1 kB, 40 B wasted  │   700 B          +       app',
      'The layers on top have 6.3 kB.              │   308 B    300 B + ▾ opt/',
      '                                            │   308 B    300 B +   ▾ tools/',
      '                                            │   300 B    300 B +       run',
      '                                            │     8 B          +       README',
      '                                            │    50 B     40 B   ▾ etc/',
      '? keys  q quit  / filter  Space base  Enter go  Tab pane  R report  c changes  v split',
    ]);
  });

  test('shows the keys over everything', () => {
    const user = new Journey(sampleModel(), { columns: 100, rows: 40 }).press('?');
    expect(drawn(user).join('\n')).toContain('what the chosen layer changed');
    expect(user.press('q').frame.overlay).toBeNull();
  });

  test('says so where there is no room', () => {
    const user = new Journey(sampleModel(), { columns: 30, rows: 5 });
    expect(drawn(user).join('')).toBe(' The terminal is too small.');
  });
});
