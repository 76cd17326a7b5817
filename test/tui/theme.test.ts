import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { type Line, type Role, span } from '../../src/tui/line.ts';
import { chooseTheme, paintLine, type RowLook, themeNames } from '../../src/tui/theme.ts';

const dark = chooseTheme('dark', {}, true);
const light = chooseTheme('light', {}, true);
const mono = chooseTheme('mono', {}, true);
const either = chooseTheme('auto', {}, true);

describe('themes', () => {
  test.each([
    ['15;0', dark],
    ['0;15', light],
    ['0;default;15', light],
    ['7;8', dark],
    ['0;7', light],
    ['12;8', dark],
    ['default;default', either],
    ['', either],
    ['15', either],
    ['1;999', either],
    [undefined, either],
  ])('COLORFGBG=%s decides where it tells', (told, theme) => {
    expect(chooseTheme('auto', { COLORFGBG: told }, true)).toBe(theme);
  });

  test.each(themeNames)('%s has no colours where there are none', (name) => {
    expect(chooseTheme(name, { COLORFGBG: '15;0' }, false)).toBe(mono);
  });

  test('without colours have attributes only', () => {
    for (const codes of Object.values(mono)) expect(codes).toMatch(/^([1247](;[1247])*)?$/);
  });

  test('use the sixteen colours, and those that can be read', () => {
    for (const theme of [dark, light, either])
      for (const codes of Object.values(theme)) expect(codes).toMatch(/^((1?\d|[39][0-7]|4[0-7]|10[0-7])(;|$))*$/);
    const used = (theme: typeof dark): string[] => Object.values(theme).flatMap((codes) => codes.split(';'));
    expect(used(light)).not.toContain('33');
    expect(used(light)).not.toContain('93');
    expect(used(dark)).not.toContain('34');
    for (const code of ['33', '93', '34', '37', '30']) expect(used(either)).not.toContain(code);
  });
});

describe('a row', () => {
  const line: Line = [span('+ ', 'added'), span('usr/bin'), span(' 12 kB', 'strong')];

  test('is painted span by span', () => {
    expect(paintLine(dark, line, 40, 'plain')).toBe('\x1b[32m+ \x1b[0musr/bin\x1b[1m 12 kB\x1b[0m');
  });

  test('is cut where it is too long', () => {
    expect(paintLine(dark, line, 14, 'plain')).toBe('\x1b[32m+ \x1b[0musr/bin\x1b[1m 12 …\x1b[0m');
    expect(paintLine(dark, line, 9, 'plain')).toBe('\x1b[32m+ \x1b[0musr/bi…');
    expect(paintLine(dark, line, 2, 'plain')).toBe('\x1b[32m+…\x1b[0m');
    expect(paintLine(dark, line, 1, 'plain')).toBe('\x1b[32m…\x1b[0m');
    expect(paintLine(dark, line, 0, 'plain')).toBe('');
    expect(paintLine(dark, [span('日本語')], 5, 'plain')).toBe('日本…');
  });

  test('spans the width with its highlight', () => {
    expect(paintLine(dark, line, 17, 'selected')).toBe(
      '\x1b[7m+ \x1b[0m\x1b[7musr/bin\x1b[0m\x1b[7;1m 12 kB\x1b[0m\x1b[7m  \x1b[0m',
    );
    expect(paintLine(light, [span('x')], 3, 'selected-inactive')).toBe('\x1b[30;47mx\x1b[0m\x1b[30;47m  \x1b[0m');
    expect(paintLine(mono, [], 2, 'selected-inactive')).toBe('\x1b[4m  \x1b[0m');
    expect(paintLine(dark, [span('日本語')], 4, 'selected')).toBe('\x1b[7m日…\x1b[0m\x1b[7m \x1b[0m');
  });

  test('keeps what is found visible in a highlighted row', () => {
    expect(paintLine(dark, [span('x', 'match')], 1, 'selected')).toBe('\x1b[7;1;4mx\x1b[0m');
    expect(paintLine(mono, [span('x', 'lit')], 1, 'selected')).toBe('\x1b[7;4mx\x1b[0m');
    expect(paintLine(light, [span('x', 'waste')], 1, 'selected')).toBe('\x1b[7;1mx\x1b[0m');
  });

  test('takes no longer for a name of a megabyte', () => {
    const started = performance.now();
    for (let at = 0; at < 100; at++)
      expect(paintLine(dark, [span('日'.repeat(1_000_000))], 11, 'plain')).toBe('日日日日日…');
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('has its width and leaves nothing on, whatever is in it', () => {
    const role = fc.constantFrom<Role>('plain', 'faint', 'added', 'match', 'lit', 'waste');
    const text = fc.oneof(fc.constantFrom('日本', 'e\u0301', '👩‍👩‍👧‍👦', '', ' '), fc.stringMatching(/^[ -~]{0,12}$/));
    const spans = fc.array(
      fc.tuple(text, role).map(([of, as]) => span(of, as)),
      { maxLength: 6 },
    );
    const look = fc.constantFrom<RowLook>('plain', 'selected', 'selected-inactive');
    fc.assert(
      fc.property(
        fc.constantFrom(dark, light, mono, either),
        spans,
        fc.nat({ max: 40 }),
        look,
        (theme, line, width, row) => {
          const painted = paintLine(theme, line, width, row);
          const last = painted.lastIndexOf('\x1b[');
          expect(last < 0 || painted.startsWith('\x1b[0m', last)).toBe(true);
          const whole = line.map((one) => one.text).join('');
          const shown = stringWidth(painted);
          if (row !== 'plain') expect(shown).toBe(width);
          else if (stringWidth(whole) <= width) expect(shown).toBe(stringWidth(whole));
          else expect(shown).toBeLessThanOrEqual(width);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
