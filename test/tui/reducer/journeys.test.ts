import { describe, expect, test } from 'vitest';
import { openingModel } from '../../../src/tui/model/model.ts';
import { layer } from '../../write-layer.ts';
import { Journey, modelOf } from '../journey.ts';
import { sampleModel } from '../sample.ts';

const journey = (size?: { columns: number; rows: number }): Journey => new Journey(sampleModel(), size);

describe('the first look', () => {
  test('folds the base image, and shows the final filesystem by size', () => {
    const user = journey();
    expect(user.header).toBe(' layerscope image.tar  17.4 kB in 6 layers  5.3 kB wasted (31 %)  7 files  linux/amd64');
    expect(user.see('layers')).toEqual([
      '[1 Layers]',
      '>  ▸  11.1 kB ██████   40 B base image, 2 layers',
      '   2    308 B ▏       300 B COPY tools /opt/tools/',
      '   3   5.7 kB ▒▒▒▒   5.0 kB RUN build --all',
      '   4      0 B               RUN rm -rf /var/cache/*',
      '   5    300 B ▏             RUN chmod 755 /opt/tools/run',
    ]);
    expect(user.see('tree')).toEqual([
      '[2 Tree] 3  4  5  final filesystem · by size ↓',
      '>  9.0 kB            ▾ bin/',
      '   9.0 kB                sh',
      '   2.7 kB          · ▾ usr/',
      '   2.0 kB              ▾ lib/',
      '   2.0 kB                  libc.so',
      '    700 B          +   ▾ bin/',
      '    700 B          +       app',
      '    308 B    300 B + ▾ opt/',
      '    308 B    300 B +   ▾ tools/',
      '    300 B    300 B +       run',
      '      8 B          +       README',
      '     50 B     40 B   ▾ etc/',
      '     50 B     40 B       os',
      '      0 B              lib → usr/lib',
      '      0 B   5.0 kB + ▾ var/',
      '      0 B   5.0 kB +   ▾ cache/',
    ]);
    expect(user.see('details')).toEqual([
      '[Details]',
      ' Base image: 2 layers, 11.1 kB, 40 B wasted',
      ' The layers on top have 6.3 kB.',
    ]);
  });

  test('unfolds the base image, and folds it again with its layers', () => {
    const user = journey().press('space', 'down');
    expect(
      user
        .see('layers')
        .slice(1, 4)
        .map((row) => row.slice(0, 40)),
    ).toEqual([
      '   ▾  11.1 kB ██████   40 B base image, ',
      '>  0   9.0 kB ██████   40 B · ADD file:0',
      '   1   2.0 kB █             · RUN apt-ge',
    ]);
    expect(user.state.layer).toBe(0);
    expect(user.press('space').state).toMatchObject({ layer: 'base', baseOpen: false });
  });

  test('follows the layer that is chosen, with its changes and its line', () => {
    const user = journey().press('down', 'down');
    expect(user.see('tree')).toEqual([
      '[2 Tree] 3  4  5  changes of layer 3 · by size ↓',
      '>  5.0 kB   5.0 kB + ▾ var/',
      '   5.0 kB   5.0 kB +   ▾ cache/',
      '   4.0 kB   4.0 kB +       big',
      '   1.0 kB   1.0 kB +       small',
      '    700 B          · ▾ usr/',
      '    700 B          +   ▾ bin/',
      '    700 B          +       app',
    ]);
    expect(user.see('details').slice(1, 4)).toEqual([
      ' Layer 3: 5.7 kB, 5.0 kB wasted',
      ' +3 added  ~0 changed  -0 removed',
      ' lines 4 to 5, stage 0, exact',
    ]);
    expect(user.press('4').see('dockerfile')).toEqual([
      ' 2  3 [4 Dockerfile] 5  Dockerfile',
      '                  1 FROM debian:12',
      '                  2 # tools',
      '   308 B  300 B   3 COPY tools /opt/tools/',
      '> 5.7 kB 5.0 kB !▌4 RUN build \\',
      '                 ▌5     --all',
      '     0 B          6 RUN rm -rf /var/cache/*',
      '   300 B          7 RUN chmod 755 /opt/tools/run',
    ]);
  });
});

describe('panes', () => {
  test('have the focus in turn, forth and back', () => {
    const user = journey();
    const order = ['tree', 'waste', 'dockerfile', 'layers', 'tree'];
    expect(order.map(() => user.press('tab').state.focus)).toEqual(order);
    expect(user.press('shift+tab').state.focus).toBe('layers');
  });

  test('include both halves of a split tree, and the file once there is one', () => {
    const user = journey().press('2', 'v');
    expect(user.panes.filter((pane) => pane.startsWith('tree') || pane.startsWith('below'))).toEqual([
      'tree 55x13+45+1',
      'below 55x14+45+14',
    ]);
    expect(user.press('tab').state.focus).toBe('below');
    expect(user.press('5').footer).toBe('• No file was opened yet.');
    // Another view has one half only.
    expect(user.press('f').state.focus).toBe('tree');
  });

  test('come to the front with what is asked of them', () => {
    const user = journey().press('3', 'c');
    expect(user.state).toMatchObject({ focus: 'tree', main: 'tree' });
    expect(user.press('1', 'u').state).toMatchObject({ focus: 'layers', main: 'tree' });
  });

  test('are stacked in 80 columns, beside each other in 120, in three columns in 200', () => {
    const user = journey({ columns: 80, rows: 24 });
    expect(user.panes).toEqual(['layers 80x6+0+1', 'tree 80x11+0+7', 'details 80x4+0+18']);
    user.happen({ kind: 'resize', size: { columns: 120, rows: 35 } });
    expect(user.panes).toEqual(['layers 48x6+0+1', 'details 48x26+0+7', 'tree 71x32+49+1']);
    user.happen({ kind: 'resize', size: { columns: 200, rows: 60 } });
    expect(user.panes).toEqual([
      'layers 58x6+0+1',
      'details 58x51+0+7',
      'tree 75x57+59+1',
      'dockerfile 65x32+135+1',
      'waste 65x25+135+33',
    ]);
    user.happen({ kind: 'resize', size: { columns: 30, rows: 5 } });
    expect(user.overlay).toEqual(['The terminal is too small.']);
  });
});

describe('the tree', () => {
  const inTree = (): Journey => journey().press('2');

  test('is walked as everybody walks trees', () => {
    const user = inTree().press('j');
    expect(user.cursor('tree')).toBe('9.0 kB                sh');
    expect(user.press('h').cursor('tree')).toBe('9.0 kB            ▾ bin/');
    expect(user.press('h').cursor('tree')).toBe('9.0 kB            ▸ bin/');
    expect(user.press('l', 'l').cursor('tree')).toBe('9.0 kB                sh');
    expect(user.press('G').cursor('tree')).toBe('0 B   5.0 kB +   ▾ cache/');
    expect(user.press('p').cursor('tree')).toBe('0 B   5.0 kB + ▾ var/');
    expect(user.press('g').cursor('tree')).toBe('9.0 kB            ▾ bin/');
  });

  test('remembers where the cursor was in a directory', () => {
    const user = inTree().press('G', 'up', 'up', 'up', 'up', 'up');
    expect(user.cursor('tree')).toContain('README');
    expect(user.press('left').cursor('tree')).toContain('tools/');
    expect(user.press('right').cursor('tree')).toContain('README');
  });

  test('folds and unfolds, one or all', () => {
    const user = inTree().press('-');
    expect(
      user
        .see('tree')
        .slice(1)
        .map((row) => row.slice(21)),
    ).toEqual(['▸ bin/', '▸ usr/', '▸ opt/', '▸ etc/', '  lib → usr/lib', '▸ var/']);
    expect(
      user
        .press('down', 'space')
        .see('tree')
        .slice(2, 5)
        .map((row) => row.slice(21)),
    ).toEqual(['▾ usr/', '  ▸ lib/', '  ▸ bin/']);
    expect(user.press('+').see('tree')).toHaveLength(17);
  });

  test('keeps the cursor on its path through views and layers', () => {
    const user = inTree().press('/').type('app').press('enter', 'escape');
    expect(user.cursor('tree')).toContain('app');
    expect(user.press(']', ']', 'u').cursor('tree')).toContain('app');
    // Not there yet: the nearest directory that is.
    expect(user.press('[').see('tree')[0]).toContain('layers 0 to 2');
    expect(user.cursor('tree')).toContain('usr/');
    expect(user.press(']').cursor('tree')).toContain('app');
  });

  test('sorts by each column, and the other way round by the same key', () => {
    const names = (user: Journey): string[] =>
      user
        .press('-')
        .see('tree')
        .slice(1)
        .map((row) => row.slice(23).trim());
    expect(names(inTree().press('n'))).toEqual(['bin/', 'etc/', 'lib → usr/lib', 'opt/', 'usr/', 'var/']);
    expect(names(inTree().press('n', 'n'))).toEqual(['var/', 'usr/', 'opt/', 'lib → usr/lib', 'etc/', 'bin/']);
    expect(names(inTree().press('w'))).toEqual(['var/', 'opt/', 'etc/', 'bin/', 'lib → usr/lib', 'usr/']);
    expect(names(inTree().press('s'))).toEqual(['lib → usr/lib', 'var/', 'etc/', 'opt/', 'usr/', 'bin/']);
    expect(inTree().press('#').see('tree')[0]).toContain('by count ↓');
  });

  test('filters letter by letter while the cursor moves, and forgets by Esc', () => {
    const user = inTree().press('/').type('s');
    expect(user.footer).toBe('Filter: s▏  5 found · Enter keeps · Esc clears');
    user.type('h');
    expect(user.see('tree')).toEqual([
      '[2 Tree] 3  4  5  final filesystem · /sh (1) · by size ↓',
      '   9.0 kB            ▾ bin/',
      '>  9.0 kB                sh',
    ]);
    user.press('up');
    expect(user.cursor('tree')).toContain('bin/');
    user.press('backspace', 'backspace').type('*.so').press('enter');
    expect(user.state.prompt).toBeNull();
    expect(user.cursor('tree')).toContain('libc.so');
    user.press('escape');
    expect(user.state.tree.pattern).toBe('');
    expect(user.cursor('tree')).toContain('libc.so');
  });

  test('keeps what a filter found in sight when the filter goes', () => {
    const user = inTree().press('-', '/').type('libc').press('escape');
    expect(user.cursor('tree')).toContain('libc.so');
    expect(
      user
        .see('tree')
        .slice(1, 5)
        .map((row) => row.slice(21).trim()),
    ).toEqual(['▸ bin/', '▾ usr/', '▾ lib/', 'libc.so']);
  });

  test('says that nothing fits', () => {
    expect(inTree().press('/').type('xyz').see('tree').slice(1)).toEqual(['  Nothing fits the filter. Esc clears it.']);
  });

  test('folds of before come back when the filter goes', () => {
    const user = inTree().press('space', '/').type('libc').press('escape');
    expect(user.see('tree')[1]).toContain('▸ bin/');
  });

  test('shows only what is wasted, though it is gone', () => {
    const user = inTree().press('W');
    expect(user.see('tree').slice(1)).toEqual([
      '>   308 B    300 B + ▾ opt/',
      '    308 B    300 B +   ▾ tools/',
      '    300 B    300 B +       run',
      '     50 B     40 B   ▾ etc/',
      '     50 B     40 B       os',
      '      0 B   5.0 kB + ▾ var/',
      '      0 B   5.0 kB +   ▾ cache/',
      '      0 B   4.0 kB -       big',
      '      0 B   1.0 kB -       small',
    ]);
  });

  test('opens what is gone as the layer had it that held it last', () => {
    const user = inTree().press('W', 'G', 'enter');
    expect(user.effects).toEqual([{ kind: 'read', asked: 1, path: '/var/cache/small', ref: { layer: 3, entry: 1 } }]);
    expect(user.state.focus).toBe('file');
  });

  test('hides what is unchanged, where there is something to compare with', () => {
    const user = inTree().press('i');
    expect(
      user
        .see('tree')
        .slice(1)
        .some((row) => row.includes('libc.so')),
    ).toBe(false);
    expect(user.see('tree')[0]).toContain('only changes');
    const whole = new Journey(modelOf(null, { tar: layer({ a: { content: 'x' } }) })).press('2', 'i');
    expect(whole.footer).toBe('• Nothing to compare with here: choose a layer, or see what it changed.');
  });

  test('lists the largest files of a directory', () => {
    const user = inTree().press('/').type('opt').press('enter', 'escape', 'L');
    expect(user.see('tree').slice(0, 3)).toEqual([
      '[2 Tree] 3  4  5  final filesystem · largest in /opt · by size ↓',
      '>   300 B    300 B + /opt/tools/run',
      '      8 B          + /opt/tools/README',
    ]);
    expect(user.press('q').see('tree')[0]).toContain('by size ↓');
    expect(user.effects).toEqual([]);
  });

  test('follows a symbolic link', () => {
    const user = inTree().press('-', 'g', 'down', 'down', 'down', 'down');
    expect(user.cursor('tree')).toContain('lib → usr/lib');
    expect(user.press('enter').cursor('tree')).toContain('▸ lib/');
    expect(user.footer).toBe('• Followed the link to usr/lib.');
  });

  test('compares a file with the layer below its own, and shows a directory’s changes', () => {
    const user = inTree().press('/').type('run').press('enter', 'd');
    expect(user.effects).toMatchObject([{ kind: 'compare', asked: 1 }]);
    const shown = inTree().press('/').type('opt').press('enter', 'd');
    expect(shown.footer).toBe('• What layer 5 changed.');
    expect(shown.see('tree')[0]).toContain('changes of layer 5');
    expect(shown.cursor('tree')).toContain('opt/');
  });
});

describe('acting', () => {
  test('asks where to extract, and has it done', () => {
    const user = journey().press('2', '/').type('tools').press('enter', 'e');
    expect(user.footer).toBe('Extract into: ./extracted▏  Enter · Esc');
    user.press('ctrl+u').type('out').press('enter');
    const [effect] = user.effects;
    expect(effect).toMatchObject({ kind: 'extract', directory: 'out' });
    if (effect?.kind !== 'extract') throw new Error('no extraction');
    expect(effect.what.filesystem.path(effect.what.node)).toBe('/opt/tools');
    expect(user.happen({ kind: 'told', message: { text: 'Extracted.', tone: 'info' } }).footer).toBe('• Extracted.');
    expect(user.press('j').footer).toContain('keys');
  });

  test('copies the path and the command', () => {
    const user = journey().press('down', 'C', '2', 'y');
    expect(user.effects).toEqual([
      { kind: 'copy', text: 'COPY tools /opt/tools/', what: 'the command of layer 2' },
      { kind: 'copy', text: '/opt', what: 'the path' },
    ]);
  });

  test('writes the report under the name that is typed', () => {
    expect(journey().press('R', 'ctrl+u').type('r.json').press('enter').effects).toEqual([
      { kind: 'write-report', file: 'r.json' },
    ]);
    expect(journey().press('R', 'escape').effects).toEqual([]);
  });

  test('pastes the first line into a prompt, and nowhere else', () => {
    const user = journey().input({ kind: 'paste', text: 'q' });
    expect(user.effects).toEqual([]);
    user.press('R', 'ctrl+u').input({ kind: 'paste', text: 'a.md\nrm -rf\n' });
    expect(user.footer).toContain('a.md▏');
  });

  test('quits by q, and by Ctrl-C wherever it is', () => {
    expect(journey().press('q').effects).toEqual([{ kind: 'quit' }]);
    expect(journey().press('/', 'ctrl+c').effects).toEqual([{ kind: 'interrupt' }]);
    expect(journey().press('?', 'q').effects).toEqual([]);
    expect(journey().press('?', 'ctrl+c').effects).toEqual([{ kind: 'interrupt' }]);
  });
});

describe('overlays', () => {
  test('show all details, scroll, and close by any other key', () => {
    const user = new Journey(sampleModel(), { columns: 80, rows: 14 }).press('down', 'down', 'D');
    expect(user.overlay?.slice(0, 3)).toEqual([
      'Layer 3: 5.7 kB, 5.0 kB wasted',
      '+3 added  ~0 changed  -0 removed',
      'lines 4 to 5, stage 0, exact',
    ]);
    expect(user.press('pagedown', 'pagedown', 'pagedown').overlay?.join('\n')).toContain('deleted-later');
    expect(user.press('x').overlay).toBeNull();
    expect(user.state.layer).toBe(3);
  });
});

describe('waste and lines', () => {
  test('Enter on a wasted file shows it in the layer that holds it', () => {
    const user = journey().press('3', 'down', 'enter');
    expect(user.state).toMatchObject({ focus: 'tree', layer: 3 });
    expect(user.cursor('tree')).toBe('1.0 kB   1.0 kB +       small');
    expect(user.footer).toBe('• As layer 3 has it; wasted by layer 4.');
    expect(user.see('details')).toEqual([
      '[Details]',
      ' /var/cache/small',
      ' -rw-r--r--  0:0  1.0 kB  2023-11-14 22:13',
      ' from layer 3, line 4: RUN build --all',
      ' 1.0 kB wasted here',
      ' 1.0 kB of line 4, deleted by line 6',
    ]);
  });

  test('Enter on one of the base image unfolds that', () => {
    const user = journey().press('3', 'G', 'enter');
    expect(user.state).toMatchObject({ layer: 0, baseOpen: true });
    expect(user.cursor('tree')).toContain('os');
  });

  test('files are grouped by directory and back, the cursor near', () => {
    const user = journey().press('3', 'down', 'space');
    expect(user.see('waste')).toEqual([
      ' 2 [3 Waste] 4  5  5.3 kB · directories',
      '>  5.0 kB :4 → :6 /var/cache/  2 files',
      '    300 B :3 → :7 /opt/tools/  1 file',
      '     40 B L0 → L1 /etc/  1 file',
    ]);
    expect(user.press('space').cursor('waste')).toContain('/var/cache/big');
  });

  test('b goes to the line that wastes most', () => {
    const user = journey().press('b');
    expect(user.state).toMatchObject({ focus: 'dockerfile', layer: 3, dockerfile: { line: 4 } });
    expect(user.footer).toBe("• 5.0 kB of this line's bytes are wasted.");
    expect(user.press('enter').see('tree')[0]).toContain('changes of layer 3');
  });

  test('a line without a layer says so', () => {
    expect(journey().press('4', 'g', 'enter').footer).toBe('• This line made no layer of the image.');
  });
});

describe('the mouse', () => {
  test('chooses a row and its pane; again, goes where it leads', () => {
    const user = journey().point('left', 60, 3);
    expect(user.state.focus).toBe('tree');
    expect(user.cursor('tree')).toContain('sh');
    user.point('left', 60, 2).point('left', 60, 2);
    expect(user.cursor('tree')).toContain('▸ bin/');
    expect(user.point('left', 5, 4).state).toMatchObject({ focus: 'layers', layer: 3 });
  });

  test('scrolls what it is over, and takes the cursor along only if it must', () => {
    const user = journey({ columns: 100, rows: 13 });
    user.point('wheel-down', 60, 3);
    expect(user.state.focus).toBe('layers');
    expect(user.see('tree')[1]).toBe('>  2.0 kB              ▾ lib/');
    user.point('wheel-up', 60, 3).point('wheel-up', 60, 3);
    expect(user.see('tree')[1]).toContain('bin/');
  });

  test('is not listened to behind a prompt', () => {
    const user = journey().press('R').point('left', 60, 3);
    expect(user.state.focus).toBe('layers');
  });
});

describe('before everything is known', () => {
  test('says what is being done, and takes keys', () => {
    const user = new Journey(openingModel('x\u001b[2J.tar', { what: 'opening', done: 0, total: null }));
    expect(user.header).toBe(' layerscope x\\e[2J.tar   opening');
    user.press(
      'down',
      '2',
      'enter',
      'e',
      'd',
      'L',
      '3',
      'enter',
      '4',
      'enter',
      'b',
      'C',
      'R',
      '/',
      'x',
      'escape',
      '1',
      'space',
      'v',
      'G',
    );
    expect(user.effects).toEqual([]);
    expect(user.show(sampleModel()).see('layers')).toHaveLength(6);
  });

  test('an image without layers has nothing to show', () => {
    const user = new Journey(modelOf(null));
    expect(user.see('tree')).toEqual(['[2 Tree] 3  4  5  final filesystem · by size ↓', '  There are no files.']);
    user.press(
      'down',
      '2',
      'enter',
      'e',
      'd',
      'L',
      '3',
      'enter',
      '4',
      'enter',
      'b',
      'C',
      '1',
      'space',
      'v',
      'G',
      'u',
      'c',
    );
    expect(user.effects).toEqual([]);
  });
});
