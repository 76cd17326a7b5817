import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { scratchFolder } from '../../commands/scratch-folder.ts';
import { archiveOf, dockerFiles } from '../../sources/written-image.ts';
import { file, layer } from '../../write-layer.ts';
import { isBuilt, keys, restored, runProgram, type TerminalRun } from './terminal-run.ts';

const evil = [
  'clear\u001b[2J\u001b[H',
  'title\u001b]0;owned\u0007',
  'clipboard\u001b]52;c;b3duZWQ=\u001b\\',
  'modes\u001b[?1049l\u001b[?25h\u001bc',
  'c1\u009b2J\u009d0;owned\u009c',
  'new\nline\r\ttab\b\b\b',
  'bidi\u202etxt.exe\u2066',
  '漢字のとても長い名前のファイル'.repeat(4),
  `${'long'.repeat(1000)}.txt`,
];

/** Every sequence that the screen is made of: looks, places, clearing, and the modes that are taken and given back. */
// oxlint-disable-next-line no-control-regex -- escape sequences are what this is about
const own = /\u001b(?:\[[0-9;]*[mABCDGHJK]|\[\?(?:1049|25|1000|1006|2004|2026)[hl])/g;

/** Controls but the ends of lines, and what turns a line around. */
// oxlint-disable-next-line no-control-regex -- control characters are what must not be there
const foreign = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e\u2066]/g;

describe.skipIf(!isBuilt)('an image with hostile names (skipped without dist: npm run build)', () => {
  const cwd = scratchFolder();
  let run: TerminalRun | undefined;
  afterEach(() => run?.abandon());

  test('changes nothing on the screen but the cells that it may', async () => {
    const image = join(cwd, 'evil.tar');
    const lower = layer(Object.fromEntries(evil.map((name) => [name, file(`${name}\n${name}`)])));
    const upper = layer(Object.fromEntries(evil.map((name) => [name, file(`other ${name}`)])));
    const history = ['RUN lower', 'RUN upper'].map((step, at) => ({
      created_by: `${step} ${evil.join(' ')}`,
      author: evil[at],
      comment: evil[at],
    }));
    writeFileSync(image, archiveOf(dockerFiles({ layers: [{ tar: lower }, { tar: upper }], history, names: evil })));
    run = runProgram([`${image}#0`], { cwd, columns: 100, rows: 30 });
    const one = run;
    await one.until(/\d+ B wasted|kB wasted/);

    const look = async (sent: string, expected: Parameters<TerminalRun['until']>[0]): Promise<void> => {
      await one.press(sent, expected);
      expect(one.cellAt(0, 1).text).toBe('l');
      expect(one.rows()[28]).toMatch(/^(\? keys {2}q quit|• |✗ |Filter: )/);
      expect(one.rows()[29]).toBe('');
      for (let row = 1; row < 28; row++) expect(one.cellAt(row, 44).text, `row ${row}`).toBe('│');
    };
    const underCursor = (text: string) => (rows: readonly string[]) =>
      rows.some((row, at) => row.includes(text) && one.cellAt(at, 98).inverse);
    await look(']', 'changes of layer 1');
    await look('2n', 'by name ↑');
    await look('g', underCursor('bidi\\u202etxt.exe\\u2066'));
    await look(keys.down, underCursor('c1\\x9b2J\\x9d0;owned\\x9c'));
    await look(keys.down, underCursor('clear\\e[2J\\e[H'));
    await look(keys.down, underCursor('clipboard\\e]52;c;b3duZWQ=\\e\\'));
    await look(keys.enter, '1 other clipboard\\e]52;c;b3duZWQ=\\e\\');
    await look('d', 'Changed from the layer below.');
    await look('q3', '[3 Waste]');
    for (const _ of evil) await look(keys.down, '[3 Waste]');
    await look('4', '[4 Dockerfile]');
    await look(keys.down, 'lower clear\\e[2J');
    await look('1b', 'wast');
    await look('/漢字', 'Filter: 漢字▏  1 found');
    one.send(keys.ctrlC);
    expect(await one.end()).toMatchObject({ status: 130, modes: restored, buffer: 'normal' });
    expect(one.output.replaceAll(own, '').match(foreign)).toBe(null);
  });
});
