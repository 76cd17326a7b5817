import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { createPaint } from '../../src/report/paint.ts';
import type { Report } from '../../src/report/report.ts';
import { textReport } from '../../src/report/text.ts';
import { dir, file, layer, otherFile, whiteout } from '../write-layer.ts';
import { reportOf, reportWith } from './report-of.ts';

const page = (report: Report, width = 100): string => textReport(report, { width, paint: createPaint(false) });

describe('the text report', () => {
  test('is this page', () => {
    const report = reportOf(
      {
        tar: layer({
          app: dir(),
          'app/data.bin': file(40_000),
          'app/cache': file(10_000),
          'app/run': file(500, { mtime: 1 }),
        }),
        createdBy: 'COPY app /app # buildkit',
      },
      { tar: layer({ 'app/.wh.cache': whiteout }), createdBy: 'RUN /bin/sh -c rm /app/cache # buildkit' },
      {
        tar: layer({ 'app/run': file(500, { mode: 0o755, mtime: 1 }) }),
        createdBy: 'RUN /bin/sh -c chmod +x /app/run # buildkit',
      },
      { tar: layer({ 'app/copy.bin': file(40_000), '.wh.gone': whiteout }) },
    );
    expect(page(report)).toMatchInlineSnapshot(`
      "image.tar  app:latest  docker-archive · linux/amd64 · 2026-01-02
      91.0 kB in 4 layers, 3 files · 10.5 kB wasted (12 %)

      #     size              added  changed  removed   wasted  instruction
      0  50.5 kB  █████▒         +3                    10.5 kB  COPY app /app
      1      0 B                                   -1           RUN rm /app/cache
      2    500 B  ▏                       ~1                    RUN chmod +x /app/run
      3  40.0 kB  ████           +1                             (no history)

      Findings
        warning deleted-later  layer 0  10.0 kB
          layer 1 (RUN rm /app/cache) deletes 10.0 kB in 1 file that layer 0 (COPY app /app) wrote. The
          bytes stay in the image.
          Do not copy them: name only what is needed, or use RUN --mount=type=bind for what a step reads
          and the image does not keep.

      Largest wasted files
       wasted  because        layer  wasted by  file
      10.0 kB  deleted        0      1          /app/cache
        500 B  metadata only  0      2          /app/run

      What to do
      500 B copied to change owner, mode or time. The whole file is stored again. Use COPY --chown or
      --chmod, or do it in the step that makes the file.
        500 B  1 file  layer 0  COPY app /app
                       layer 2  RUN chmod +x /app/run

      Duplicates  40.0 kB in files that are the same at several paths
      40.0 kB  2 x 40.0 kB  /app/copy.bin  /app/data.bin

      Warnings
        1 whiteout deletes something that no lower layer has, first /.wh.gone in layer 3. [dangling-whiteout]

      In dive's numbers: 79.41 % efficiency, 11.0 kB wasted, 27 % of user layers
      "
    `);
  });

  test('of an image without waste says so, and has no advice', () => {
    const text = page(reportOf({ tar: layer({ a: file(1) }), createdBy: 'ADD a / # buildkit' }));
    expect(text).toContain('1 B in 1 layer, 1 file · no waste');
    expect(text).not.toMatch(/Waste|What to do|Duplicates|Warnings/);
  });

  test('of no layers is a page too', () => {
    expect(page(reportOf())).toContain('in 0 layers, 0 files · no waste');
  });

  test('lists ten files and says how many more there are', () => {
    const names = Array.from({ length: 23 }, (_, at) => `f${at}`);
    const report = reportOf(
      { tar: layer(Object.fromEntries(names.map((name) => [name, file(10)]))) },
      { tar: layer({ '.wh..wh..opq': whiteout }) },
    );
    expect(page(report)).toContain('and 13 files more: --json lists them all');
  });

  const hostile = '\u001b[2J\u202eevil\n\u0007\u009b';

  test('lets nothing of an image through to the terminal', () => {
    const report = reportOf(
      { tar: layer({ [`${hostile}/x`]: file(5000), [`${hostile}/y`]: file(5000) }), createdBy: `RUN ${hostile}` },
      { tar: layer({ [hostile]: otherFile(6000), [`.wh.${hostile}2`]: whiteout }), createdBy: hostile },
    );
    const text = page({ ...report, image: { ...report.image, names: [hostile], reference: hostile } });
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
    expect(text).toContain('\\e[2J\\u202eevil\\n\\x07\\x9b');
  });

  test('keeps its columns where names are wide', () => {
    const report = reportOf(
      { tar: layer({ 日本語: file(3000), 'e\u0301': file(200), '🐋': file(10) }), createdBy: '日本 build' },
      { tar: layer({ '.wh..wh..opq': whiteout, 日本語: file(1) }), createdBy: 'RUN /bin/sh -c x # buildkit' },
    );
    const lines = page(report).split('\n');
    const at = (text: string): number => {
      const line = lines.find((one) => one.includes(text)) ?? expect.fail(text);
      return stringWidth(line.slice(0, line.indexOf(text)));
    };
    expect(new Set([at('/日本語'), at('/e\u0301'), at('/🐋')]).size).toBe(1);
    expect(at('日本 build')).toBe(at('RUN x'));
  });

  test.each([70, 80, 200])('fits %d columns in its tables', (width) => {
    const long = 'a-name-of-some-length/'.repeat(12);
    const report = reportOf(
      { tar: layer({ [`${long}file`]: file(5000) }), createdBy: `RUN /bin/sh -c ${'make && '.repeat(50)} # buildkit` },
      { tar: layer({ '.wh..wh..opq': whiteout }), createdBy: `RUN /bin/sh -c ${'rm '.repeat(200)} # buildkit` },
    );
    const tables = page(report, width)
      .split('\n')
      .filter((line) => /RUN|file$/.test(line));
    expect(tables.length).toBeGreaterThan(3);
    expect(Math.max(...tables.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
  });

  test('is the same with colours, but for the colours', () => {
    const report = reportOf({ tar: layer({ a: file(5000) }) }, { tar: layer({ a: otherFile(10) }) });
    const colored = textReport(report, { width: 100, paint: createPaint(true) });
    expect(colored).not.toBe(page(report));
    // oxlint-disable-next-line no-control-regex -- the escape sequences of colours
    expect(colored.replaceAll(/\u001b\[[0-9;]*m/g, '')).toBe(page(report));
  });
});

test('says what a sign of doubt means', () => {
  const hash = '0123456789abcdef'.repeat(4);
  const report = reportWith(
    'FROM base\nRUN make\nCOPY a /a\nRUN test\n',
    { tar: layer({ base: file(1) }), createdBy: `/bin/sh -c #(nop) ADD file:${hash} in / ` },
    { tar: layer({ made: file(2) }), createdBy: '/bin/sh -c make' },
    { tar: layer({ a: file(9) }), createdBy: `/bin/sh -c #(nop) COPY file:${hash} in /a ` },
    { tar: layer({ log: file(3) }), createdBy: '/bin/sh -c test' },
  );
  expect(report.layers[2]?.instruction).toMatchObject({ startLine: 3, confidence: 'normalized' });
  expect(page(report)).toContain('≈ the same but for what the builder left out');
});
