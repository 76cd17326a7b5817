import { describe, expect, test } from 'vitest';
import { compareFiles } from '../../../src/tui/file/compare.ts';
import type { FileContent } from '../../../src/tui/file/content.ts';
import { Journey } from '../journey.ts';
import { sampleModel } from '../sample.ts';

const contentOf = (text: string | Uint8Array, ref = { layer: 2, entry: 2 }): FileContent => {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const isText = typeof text === 'string';
  return { path: '/opt/tools/README', ref, sizeBytes: bytes.length, bytes, format: null, text: isText };
};

const numbered = Array.from({ length: 100 }, (_, at) => `line ${at + 1}${at % 30 === 29 ? ' needle' : ''}`).join('\n');

/** With the cursor on a file that was asked for. */
function asked(): Journey {
  return new Journey(sampleModel(), { columns: 100, rows: 12 }).press('2', '/').type('README').press('enter', 'enter');
}

function opened(text: string | Uint8Array): Journey {
  return asked().happen({ kind: 'read', asked: 1, content: contentOf(text) });
}

describe('a file', () => {
  test('is asked for by Enter, and shown when it is there', () => {
    const user = asked();
    expect(user.effects).toEqual([{ kind: 'read', asked: 1, path: '/opt/tools/README', ref: { layer: 2, entry: 2 } }]);
    expect(user.see('file')).toEqual([' 2  3  4 [5 File] /opt/tools/README @5', '  Reading …']);
    user.happen({ kind: 'read', asked: 1, content: contentOf('read\nme\n') });
    expect(user.see('file')).toEqual([
      ' 2  3  4 [5 File] /opt/tools/README @5, text, 2 lines, 8 B',
      ' 1 read',
      ' 2 me',
    ]);
  });

  test('that is no longer wanted does not show up', () => {
    const user = asked().happen({ kind: 'read', asked: 0, content: contentOf('late') });
    expect(user.see('file')[1]).toBe('  Reading …');
  });

  test('that cannot be read leaves the tree, and says why', () => {
    const user = asked().happen({ kind: 'failed', asked: 1, reason: 'layer 2: is damaged.' });
    expect(user.state).toMatchObject({ focus: 'tree', file: null });
    expect(user.footer).toBe('✗ layer 2: is damaged.');
  });

  test('scrolls by rows and pages, no further than its end', () => {
    const user = opened(numbered);
    const first = (): string => user.see('file')[1] ?? '';
    expect(first()).toBe('   1 line 1');
    expect((user.press('j', 'pagedown'), first())).toBe('  10 line 10');
    expect((user.press('G'), first())).toBe('  93 line 93');
    expect(user.see('file').at(-1)).toBe(' 100 line 100');
    expect((user.press('j'), first())).toBe('  93 line 93');
    expect((user.press('g'), first())).toBe('   1 line 1');
    expect((user.point('wheel-down', 60, 5), first())).toBe('   4 line 4');
  });

  test('is searched letter by letter, and match by match', () => {
    const user = opened(numbered).press('/').type('needle');
    expect(user.footer).toBe('Search: needle▏  3 found · Enter keeps · Esc clears');
    expect(user.see('file').some((row) => row.includes('line 30 needle'))).toBe(true);
    expect(user.press('enter', 'n').footer).toBe('• Match 2 of 3.');
    expect(user.see('file').some((row) => row.includes('line 60 needle'))).toBe(true);
    expect(user.press('n', 'n').footer).toBe('• Match 1 of 3, from the start again.');
    expect(user.press('N').footer).toBe('• Match 3 of 3, from the end again.');
    expect(user.press('escape', 'escape').press('n').footer).toBe('• Nothing to look for: search first.');
  });

  test('that is no text is shown as bytes, and as text if somebody wants to', () => {
    const user = opened(new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0]));
    expect(user.see('file')[1]).toBe(' 00000000  7f 45 4c 46  00           .ELF.');
    expect(user.press('x').see('file')[1]).toBe(' 1 \\x7fELF\\x00');
  });

  test('has its place, and goes back to the tree', () => {
    const user = opened('x').press('q');
    expect(user.state.focus).toBe('tree');
    expect(user.effects).toHaveLength(1);
    expect(user.press('5').state.focus).toBe('file');
    expect(user.press('escape').state.focus).toBe('tree');
  });

  test('is copied', () => {
    expect(opened('x').press('Y').effects.at(-1)).toEqual({
      kind: 'copy-content',
      path: '/opt/tools/README',
      ref: { layer: 2, entry: 2 },
    });
  });

  test('says that it is empty', () => {
    expect(opened('').see('file')[1]).toBe('  The file is empty.');
  });
});

describe('a comparison', () => {
  test('is asked for with both filesystems, shown, and left again for the content', async () => {
    const user = opened('new\n').press('d');
    const effect = user.effects.at(-1);
    if (effect?.kind !== 'compare') throw new Error('no comparison');
    expect(effect.here.isPresent(effect.node)).toBe(true);
    expect(effect.below.isPresent(effect.node)).toBe(false);
    const version = {
      type: 'file',
      sizeBytes: 4,
      mode: 0o644,
      uid: 0,
      gid: 0,
      mtime: 0,
      linkTarget: null,
      ref: { layer: 2, entry: 2 },
    } as const;
    const comparison = await compareFiles(
      { version: { ...version, ref: { layer: 1, entry: 0 } }, content: contentOf('old\n', { layer: 1, entry: 0 }) },
      { version, content: contentOf('new\n') },
    );
    user.happen({ kind: 'compared', asked: effect.asked, comparison });
    expect(user.press('G').see('file').slice(-3)).toEqual([' @@ -1,1 +1,1 @@', ' - old', ' + new']);
    expect(user.press('d').effects.at(-1)).toMatchObject({ kind: 'read', path: '/opt/tools/README' });
  });
});
