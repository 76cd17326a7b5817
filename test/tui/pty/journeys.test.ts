import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { scratchFolder } from '../../commands/scratch-folder.ts';
import {
  demoDockerfile,
  demoImage,
  isBuilt,
  keys,
  mouse,
  restored,
  runProgram,
  type TerminalRun,
} from './terminal-run.ts';

describe.skipIf(!isBuilt)('walks through the demo image (skipped without dist: npm run build)', () => {
  const cwd = scratchFolder();
  let run: TerminalRun | undefined;
  afterEach(() => run?.abandon());

  async function openDemo(columns: number, rows: number, ...args: string[]): Promise<TerminalRun> {
    run = runProgram([demoImage, '-d', demoDockerfile, ...args], { cwd, columns, rows });
    await run.until('2.2 MB wasted (38 %)');
    return run;
  }

  async function quit(one: TerminalRun): Promise<void> {
    one.send('q');
    expect(await one.end()).toEqual({ status: 0, signal: 0, modes: restored, buffer: 'normal' });
  }

  test('from a wasted file to its layer, its lines, and onto the disk', async () => {
    const one = await openDemo(100, 30);
    expect(one.rows()[1]).toBe(
      `═ [1 Layers] ${'═'.repeat(31)}│─ [2 Tree] 3  4  5  final filesystem · by size ↓ ──────`,
    );
    await one.press('3', '[3 Waste]');
    await one.press(keys.down, '440 kB of line 19, deleted by line 36');
    await one.press(keys.enter, 'As layer 3 has it; wasted by layer 11.');
    const found = one.rowWith('           main');
    expect(one.cellAt(found.row, found.column)).toMatchObject({ inverse: true });
    expect(one.rowWith('from layer 3, line 19: ').column).toBe(0);
    expect(one.rowWith('440 kB of line 19, deleted by line 36').column).toBe(0);

    // To the directory of the file, which folds up, and on to the one that it is in.
    await one.press(keys.left + keys.left + keys.left, /^\/var\/cache\/packages +│/);
    await one.press('e', 'Extract into: ./extracted▏');
    await one.press(`${keys.ctrlU}out${keys.enter}`, '• Extracted 3 files, 1.3 MB to out');
    const folder = join(cwd, 'out/packages');
    expect(statSync(join(folder, 'archives/zones.tar')).size).toBe(742_912);
    expect(statSync(join(folder, 'lists/main')).size).toBe(440_091);

    await one.press('y', "• Sent the path to the terminal's clipboard.");
    expect(one.output).toContain(`\u001b]52;c;${Buffer.from('/var/cache/packages').toString('base64')}\u0007`);
    await quit(one);
  });

  test('filters while it moves, and takes the filter back', async () => {
    const one = await openDemo(100, 30);
    await one.press('/', 'Filter: ▏');
    await one.press('zone', 'Filter: zone▏  1 found');
    const under = (text: string) => () => one.cellAt(one.rowWith(text).row, 60).inverse;
    await one.until(under(' zones/'));
    await one.press(keys.up, under(' share/'));
    expect(one.rowWith('Filter: zone▏').row).toBe(28);
    await one.press(keys.enter, '? keys  q quit');
    expect(one.rowWith('· /zone (1) ·').row).toBe(1);
    await one.press(keys.escape, '▸ bin/');
    expect(under('▸ share/')()).toBe(true);
    await quit(one);
  });

  test('reads a file, searches it, shows its bytes, compares it, and comes back', async () => {
    const one = await openDemo(120, 30);
    await one.press('/noteboard.conf', '1 found');
    await one.press(keys.enter, '/noteboard.conf (1)');
    await one.press(keys.enter, '2 listen=8080');
    expect(one.rowWith('[5 File] /etc/noteboard/noteboard.conf @12').row).toBe(1);
    await one.press('/listen', 'Search: listen▏  1 found');
    await one.press(keys.enter, (rows) => !rows.some((row) => row.includes('Search: ')));
    const match = one.rowWith('listen=8080');
    expect(one.cellAt(match.row, match.column)).toMatchObject({ bold: true, underlined: true });
    await one.press('x', '00000000  ');
    await one.press('xd', 'Changed from the layer below.');
    expect(one.rowWith('│- listen=80').row + 1).toBe(one.rowWith('│+ listen=8080').row);
    await one.press('q', '[2 Tree]');
    await quit(one);
  });

  test('writes the report, splits the tree, and jumps to the line that wastes the most', async () => {
    const one = await openDemo(100, 30);
    await one.press('R', 'Write the report to (.md .json .txt): layerscope-report.md▏');
    await one.press(`${keys.ctrlU}out.json${keys.enter}`, '• Wrote out.json');
    expect(JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8'))).toMatchObject({
      schemaVersion: 1,
      waste: { bytes: 2_195_393 },
    });
    await one.press(`R${keys.ctrlU}out.json${keys.enter}`, '✗ out.json');
    await one.press('jjv', (rows) => rows.filter((row) => row.includes('[2 Tree]')).length === 2);
    expect(one.rowWith('changes of layer 2').row).toBeLessThan(one.rowWith('layers 0 to 2').row);
    await one.press('b', "• 1.3 MB of this line's bytes are wasted.");
    expect(one.rowWith('19 RUN sh /opt/tools/packages.sh').text).toContain('2.1 MB 1.3 MB !▌19 RUN');
    expect(existsSync(join(cwd, 'layerscope-report.md'))).toBe(false);
    await quit(one);
  });

  test('takes clicks and the wheel, and leaves them to the terminal with --no-mouse', async () => {
    const one = await openDemo(100, 30);
    expect(one.modes()).toMatchObject({ clicks: true, sgrMouse: true, paste: true, cursor: false, screen: true });
    const layer = one.rowWith(' 10   1.6 kB');
    await one.press(mouse('left', layer.row, 5), 'changes of layer 10');
    one.resize(80, 24);
    await one.until((rows) => rows[22]?.startsWith('? keys') === true && rows[0]?.startsWith(' layerscope ') === true);
    expect(one.rows()[2]).toMatch(/^ {2}6 /);
    await one.press(mouse('wheel-up', 3, 10), (rows) => /^ {2}[0-5] /.test(rows[2] ?? ''));
    await quit(one);

    const without = await openDemo(100, 30, '--no-mouse');
    await quit(without);
    expect(without.output).not.toContain('\u001b[?1000h');
    expect(without.output).not.toContain('\u001b[?1006h');
  });

  test('follows the size of the terminal, down to one that is too small', async () => {
    const one = await openDemo(100, 30);
    const panes = (): string[] => one.rows().flatMap((row) => row.match(/\[[^\]]+\]/g) ?? []);
    // The header as well: xterm moves what was there, and the old footer to the new one's row with it.
    const footer = (row: number) => (rows: readonly string[]) =>
      rows[0]?.startsWith(' layerscope ') === true && rows[row]?.startsWith('? keys  q quit') === true;
    expect(panes()).toEqual(['[1 Layers]', '[2 Tree]', '[Details]']);
    one.resize(80, 24);
    await one.until(footer(22));
    expect(panes()).toEqual(['[1 Layers]', '[2 Tree]', '[Details]']);
    expect(Math.max(...one.rows().map((row) => row.length))).toBe(80);
    one.resize(200, 60);
    await one.until(footer(58));
    expect(panes()).toEqual(['[1 Layers]', '[2 Tree]', '[4 Dockerfile]', '[Details]', '[3 Waste]']);
    one.resize(50, 12);
    await one.until(footer(10));
    expect(panes()).toEqual(['[1 Layers]', '[2 Tree]']);
    one.resize(30, 8);
    await one.until('The terminal is too small');
    one.resize(100, 30);
    await one.until(footer(28));
    expect(panes()).toEqual(['[1 Layers]', '[2 Tree]', '[Details]']);
    expect(one.rows()[29]).toBe('');
    await quit(one);
  });
});
