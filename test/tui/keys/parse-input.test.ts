import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Input } from '../../../src/tui/keys/key.ts';
import { InputParser } from '../../../src/tui/keys/parse-input.ts';

/** What a text comes to, silence at its end included: names of keys, and all else as it is. */
function parsed(text: string | Buffer): (string | Input)[] {
  const parser = new InputParser();
  return [...parser.push(text), ...parser.flush()].map((input) => (input.kind === 'key' ? input.name : input));
}

describe('keys', () => {
  test.each([
    ['a', 'a'],
    ['G', 'G'],
    ['/', '/'],
    ['ä', 'ä'],
    ['日', '日'],
    ['🐋', '🐋'],
    [' ', 'space'],
    // Option and the space bar, on a Mac; the wide space of a Japanese keyboard.
    ['\u00a0', 'space'],
    ['\u3000', 'space'],
    ['\r', 'enter'],
    ['\n', 'enter'],
    ['\t', 'tab'],
    ['\x7f', 'backspace'],
    ['\b', 'backspace'],
    ['\x00', 'ctrl+space'],
    ['\x01', 'ctrl+a'],
    ['\x03', 'ctrl+c'],
    ['\x15', 'ctrl+u'],
    ['\x1a', 'ctrl+z'],
    ['\x1c', 'ctrl+\\'],
    ['\x1f', 'ctrl+_'],
    ['\x1b', 'escape'],
    ['\x1ba', 'alt+a'],
    ['\x1bA', 'alt+A'],
    ['\x1bä', 'alt+ä'],
    ['\x1b ', 'alt+space'],
    ['\x1b\u00a0', 'alt+space'],
    ['\x1b\r', 'alt+enter'],
    ['\x1b\x7f', 'alt+backspace'],
    ['\x1b\x01', 'ctrl+alt+a'],
    // Alone they are keys, though sequences start like this.
    ['\x1b[', 'alt+['],
    ['\x1bO', 'alt+O'],
    ['\x1b]', 'alt+]'],
    ['\x1bP', 'alt+P'],
  ])('%j is %s', (sent, name) => {
    expect(parsed(sent)).toEqual([name]);
  });

  test.each([
    ['[A', 'up'],
    ['[B', 'down'],
    ['[C', 'right'],
    ['[D', 'left'],
    ['OA', 'up'],
    ['OD', 'left'],
    ['[H', 'home'],
    ['OH', 'home'],
    ['[1~', 'home'],
    ['[7~', 'home'],
    ['[F', 'end'],
    ['OF', 'end'],
    ['[4~', 'end'],
    ['[8~', 'end'],
    ['[5~', 'pageup'],
    ['[6~', 'pagedown'],
    ['[2~', 'insert'],
    ['[3~', 'delete'],
    ['[Z', 'shift+tab'],
    ['OM', 'enter'],
    ['OP', 'f1'],
    ['[P', 'f1'],
    ['[11~', 'f1'],
    ['[[A', 'f1'],
    ['[[E', 'f5'],
    ['[15~', 'f5'],
    ['[24~', 'f12'],
    ['[1;5A', 'ctrl+up'],
    ['[1;3D', 'alt+left'],
    ['[1;2H', 'shift+home'],
    ['[1;8C', 'ctrl+alt+shift+right'],
    ['[3;5~', 'ctrl+delete'],
    ['[5;2~', 'shift+pageup'],
    ['[15;5~', 'ctrl+f5'],
    ['[1;5P', 'ctrl+f1'],
    ['O5A', 'ctrl+up'],
    ['O1;5A', 'ctrl+up'],
    ['[5^', 'ctrl+pageup'],
    ['[6@', 'ctrl+shift+pagedown'],
    ['\x1b[A', 'alt+up'],
    ['\x1bOH', 'alt+home'],
    ['[97;5u', 'ctrl+a'],
    ['[97u', 'a'],
    ['[97;2u', 'A'],
    ['[97;3u', 'alt+a'],
    ['[97;6u', 'ctrl+a'],
    ['[97:65;5:1u', 'ctrl+a'],
    ['[223;2u', 'ß'],
    ['[13u', 'enter'],
    ['[13;2u', 'shift+enter'],
    ['[9;5u', 'ctrl+tab'],
    ['[27u', 'escape'],
    ['[127u', 'backspace'],
    ['[32u', 'space'],
    ['[32;5u', 'ctrl+space'],
    ['[27;5;97~', 'ctrl+a'],
    // Caps Lock and Num Lock are told like modifiers.
    ['[97;69u', 'ctrl+a'],
    ['[1;129A', 'up'],
  ])('escape %s is %s', (sent, name) => {
    expect(parsed(`\x1b${sent}`)).toEqual([name]);
  });

  test('type what they are named by, and nothing with Ctrl or Alt', () => {
    const parser = new InputParser();
    const typed = [...parser.push('aä \x01\x1bb\r\x1b[A\x1b[97u\x1b[97;5u'), ...parser.flush()];
    expect(typed.map((input) => input.kind === 'key' && input.text)).toEqual(['a', 'ä', ' ', '', '', '', '', 'a', '']);
  });

  test('come several in one chunk', () => {
    expect(parsed('jjj\x1b[A\x1b[Bk\x1bOHgg')).toEqual(['j', 'j', 'j', 'up', 'down', 'k', 'home', 'g', 'g']);
  });
});

test('every space types itself', () => {
  const typed = [' ', '\u00a0', '\u3000'];
  expect(typed.flatMap((space) => new InputParser().push(space))).toEqual(
    typed.map((text) => ({ kind: 'key', name: 'space', text })),
  );
});

describe('an escape', () => {
  test('waits for what it may start', () => {
    const parser = new InputParser();
    expect(parser.push('\x1b')).toEqual([]);
    expect(parser.push('[')).toEqual([]);
    expect(parser.push('A')).toEqual([{ kind: 'key', name: 'up', text: '' }]);
    expect(parser.flush()).toEqual([]);
  });

  test('is the key after a silence', () => {
    const parser = new InputParser();
    expect(parser.push('\x1b')).toEqual([]);
    expect(parser.flush()).toEqual([{ kind: 'key', name: 'escape', text: '' }]);
    expect(parser.push('[A').map((input) => input.kind === 'key' && input.name)).toEqual(['[', 'A']);
  });

  test('counts as often as it was pressed', () => {
    expect(parsed('\x1b\x1b')).toEqual(['escape', 'escape']);
    expect(parsed('\x1b\x1b\x1b')).toEqual(['escape', 'escape', 'escape']);
    expect(parsed('\x1b\x1ba')).toEqual(['escape', 'alt+a']);
  });

  test('does not keep Ctrl-C from quitting', () => {
    expect(parsed('\x1b\x03')).toEqual(['escape', 'ctrl+c']);
    expect(parsed('\x1b[\x03')).toEqual(['ctrl+c']);
    expect(parsed('\x1b]0;title\x03')).toEqual(['ctrl+c']);
    expect(parsed('\x1b[M \x03')).toEqual(['ctrl+c']);
    expect(parsed('\x1b[200~text\x03')).toEqual([{ kind: 'paste', text: 'text' }, 'ctrl+c']);
  });
});

describe('the mouse', () => {
  test.each([
    ['[<0;1;1M', 'left', 0, 0],
    ['[<0;80;24M', 'left', 79, 23],
    ['[<16;5;6M', 'left', 4, 5],
    ['[<64;5;5M', 'wheel-up', 4, 4],
    ['[<65;300;5M', 'wheel-down', 299, 4],
    ['[<69;5;5M', 'wheel-down', 4, 4],
  ])('%s is %s', (sent, button, column, row) => {
    expect(parsed(`\x1b${sent}`)).toEqual([{ kind: 'mouse', button, column, row }]);
  });

  test.each(['[<0;1;1m', '[<32;1;1M', '[<1;1;1M', '[<2;1;1M', '[<35;1;1M', '[<66;1;1M', '[<0;0;1M', '[<0;1M', '[<M'])(
    '%s is nothing',
    (sent) => {
      expect(parsed(`\x1b${sent}`)).toEqual([]);
    },
  );

  test('of old terminals is swallowed', () => {
    expect(parsed('\x1b[M !!j')).toEqual(['j']);
  });
});

describe('a paste', () => {
  test('is one input, whatever is in it', () => {
    expect(parsed('a\x1b[200~q\x1b[Aä\x1b\r\nb\rc\x1b[201~b')).toEqual([
      'a',
      { kind: 'paste', text: 'q\x1b[Aä\x1b\nb\nc' },
      'b',
    ]);
  });

  test('ends with its whole end mark only', () => {
    expect(parsed('\x1b[200~\x1b[201\x1b\x1b[201~j')).toEqual([{ kind: 'paste', text: '\x1b[201\x1b' }, 'j']);
  });

  test('comes in pieces, with silence between them', () => {
    const parser = new InputParser();
    expect(parser.push('\x1b[200~one ')).toEqual([]);
    expect(parser.flush()).toEqual([]);
    expect(parser.push('two\x1b[20')).toEqual([]);
    expect(parser.push('1~')).toEqual([{ kind: 'paste', text: 'one two' }]);
  });

  test('is kept to 64 Ki characters', () => {
    const parser = new InputParser();
    parser.push('\x1b[200~');
    for (let at = 0; at < 20; at++) expect(parser.push('x'.repeat(10_000))).toEqual([]);
    expect(parser.push('\x1b[201~j')).toEqual([
      { kind: 'paste', text: 'x'.repeat(65_536) },
      { kind: 'key', name: 'j', text: 'j' },
    ]);
  });
});

describe('what is unknown', () => {
  test.each([
    ['\x1b[?62;4c', 'an answer about the terminal'],
    ['\x1b[>1;2;3c', 'another'],
    ['\x1b[12;40R', 'a place of the cursor'],
    ['\x1b[I', 'a window that gets the focus'],
    ['\x1b[O', 'a window that loses it'],
    ['\x1b[99~', 'a key without a name'],
    ['\x1b[1;9A', 'a key with Super'],
    ['\x1b[97;5:3u', 'a key that is released'],
    ['\x1b[57441u', 'a key of the private area'],
    ['\x1b[1114112u', 'no code point'],
    ['\x1b[ q', 'a sequence with an intermediate byte'],
    ['\x1bOz', 'a key of the keypad'],
    ['\x1b]52;c;aGk=\x07', 'a clipboard'],
    ['\x1b]11;rgb:0000/0000/0000\x1b\\', 'a colour'],
    ['\x1bP1$r0m\x1b\\', 'a setting'],
    ['\x1b_Gi=1;OK\x1b\\', 'a picture'],
    ['\u009b12;40R', 'an eight-bit sequence'],
    ['\u0085', 'an eight-bit control'],
  ])('%j (%s) is swallowed whole', (sent) => {
    expect(parsed(`${sent}j`)).toEqual(['j']);
  });

  test('does not swallow keys for longer than the silence', () => {
    const parser = new InputParser();
    expect(parser.push('\x1b]52;c;aGk=')).toEqual([]);
    expect(parser.flush()).toEqual([]);
    expect(parser.push('j')).toEqual([{ kind: 'key', name: 'j', text: 'j' }]);
  });

  test('is waited for when it comes late, for it would be typed', () => {
    const parser = new InputParser();
    expect(parser.push('\x1b[1;')).toEqual([]);
    expect(parser.flush()).toEqual([]);
    expect(parser.push('5Aj').map((input) => input.kind === 'key' && input.name)).toEqual(['ctrl+up', 'j']);
  });

  test('takes no memory', () => {
    const parser = new InputParser();
    const before = process.memoryUsage().heapUsed;
    parser.push('\x1b[');
    for (let at = 0; at < 40; at++) expect(parser.push('1'.repeat(100_000))).toEqual([]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(16_000_000);
    expect(parser.push('~j')).toEqual([{ kind: 'key', name: 'j', text: 'j' }]);
  });

  test('of bytes that are not UTF-8 is dropped', () => {
    expect(parsed(Buffer.from([0x61, 0xff, 0xfe, 0x62]))).toEqual(['a', 'b']);
  });
});

describe('laws', () => {
  const piece = fc.constantFrom(
    'a',
    'ä',
    '日',
    '🐋',
    '\x1b',
    '[',
    'O',
    'A',
    '<0;3;4M',
    '1;5',
    '~',
    '200~',
    '201~',
    ' ',
  );
  const control = fc.constantFrom('\r', '\x03', '\x7f', ']', '\x07', 'P', '\\', '\x1b[', '\x1b[200~', '\x1b[201~', 'M');
  const sent = fc.array(fc.oneof(piece, control), { maxLength: 30 }).map((pieces) => pieces.join(''));

  test('where the chunks are cut makes no difference', () => {
    fc.assert(
      fc.property(sent, fc.array(fc.nat({ max: 80 })), (text, cuts) => {
        const bytes = Buffer.from(text);
        const whole = parsed(bytes);
        const parser = new InputParser();
        const places = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length];
        const inputs = places.slice(1).flatMap((to, at) => parser.push(bytes.subarray(places[at], to)));
        const names = [...inputs, ...parser.flush()].map((input) => (input.kind === 'key' ? input.name : input));
        expect(names).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
  });

  test('no key types a control character, and all have a name', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        for (const input of parsed(Buffer.from(bytes)))
          if (typeof input === 'string') expect(input).toMatch(/^[^\p{Cc}\s]+$/u);
      }),
      { numRuns: 2000 },
    );
  });
});
