import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Config, defaultConfig } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { LayerscopeError } from '../../src/errors.ts';
import { ruleNames } from '../../src/rules/rule-names.ts';
import { actionNames } from '../../src/tui/keys/bindings.ts';
import { bindable } from '../../src/tui/keys/key-name.ts';
import { schemaErrors } from '../report/schema.ts';
import { senselessBudgets, wrongBudgets, type WrongFile } from './wrong-budgets.ts';

const errorsOf = schemaErrors('config.v1.json');

async function messageOf(text: string, path: string): Promise<string> {
  const error: unknown = await parseConfig(text, path).catch((thrown: unknown) => thrown);
  if (!(error instanceof LayerscopeError)) throw new Error('no error', { cause: error });
  expect(error.code).toBe('invalid-config');
  return error.message;
}

describe('a right file', () => {
  const tui = defaultConfig.tui;
  const right: readonly [string, Config['tui']][] = [
    ['', tui],
    ['# nothing but a remark\n', tui],
    ['tui:', tui],
    ['tui:\n  keys:\n', tui],
    ['{}', tui],
    ['$schema: config.v1.json', tui],
    ['tui: { theme: light, mouse: false }', { keys: {}, theme: 'light', mouse: false }],
    [
      'tui:\n  keys:\n    up: ctrl+p\n    down: [ctrl+n, down]',
      { ...tui, keys: { up: ['ctrl+p'], down: ['ctrl+n', 'down'] } },
    ],
    ['tui: { keys: { quit: [] } }', { ...tui, keys: { quit: [] } }],
    ['tui: { keys: { extract: 7, help: [8, "?"] } }', { ...tui, keys: { extract: ['7'], help: ['8', '?'] } }],
    [
      'tui: { keys: { filter: y, copy-path: n, sort-name: "/" } }',
      { ...tui, keys: { filter: ['y'], 'copy-path': ['n'], 'sort-name': ['/'] } },
    ],
    [
      'tui: { keys: { up: &up [x], down: [z] }, theme: mono }',
      { keys: { up: ['x'], down: ['z'] }, theme: 'mono', mouse: true },
    ],
    ['tui: { keys: { filter: &key F, search: *key } }', { ...tui, keys: { filter: ['F'], search: ['F'] } }],
    [
      'tui: { keys: { filter: ä, redraw: f5, suspend: alt++ } }',
      { ...tui, keys: { filter: ['ä'], redraw: ['f5'], suspend: ['alt++'] } },
    ],
  ];

  test.each(right)('%j', async (text, expected) => {
    expect((await parseConfig(text, 'layerscope.yaml')).config).toEqual({ ...defaultConfig, tui: expected });
    expect(errorsOf(parse(text))).toEqual([]);
  });

  test('may be JSON, or a key of package.json', async () => {
    const tui = { theme: 'dark', keys: { up: 'w' } };
    const expected = { ...defaultConfig, tui: { theme: 'dark', keys: { up: ['w'] }, mouse: true } };
    const json = await parseConfig(JSON.stringify({ tui }), 'layerscope.json');
    expect(json.config).toEqual(expected);
    const packageJson = await parseConfig(JSON.stringify({ name: 'x', layerscope: { tui } }), '/a/package.json');
    expect(packageJson.config).toEqual(expected);
  });
});

describe('a wrong file', () => {
  /** The text, the line and the reason, and whether the schema sees it: it knows no conflicts. */
  const wrong: readonly WrongFile[] = [
    ['tiu: {}', 1, 'tiu: unknown key; did you mean tui?'],
    ['colours: {}', 1, 'colours: unknown key; keys are budgets, ignore, rules, baseline, failOn and tui'],
    ['rules: { x: off }', 1, 'rules.x: unknown key; docs/rules/README.md has the names of all rules'],
    ['rules:\n  volatile-args: off', 2, 'rules.volatile-args: unknown key; did you mean volatile-arg?'],
    ['rules: [volatile-arg]', 1, 'rules: expected a mapping, not a list'],
    [
      'rules:\n  broad-copy: eror',
      2,
      'rules.broad-copy: expected off, info, warning, error, not "eror"; did you mean error?',
    ],
    ['rules:\n  broad-copy:', 2, 'rules.broad-copy: expected off, info, warning, error, not nothing'],
    ['rules: { broad-copy: false }', 1, 'rules.broad-copy: expected off, info, warning, error, not false'],
    [
      'rules: { broad-copy: { severity: off } }',
      1,
      'rules.broad-copy: expected off, info, warning, error, not a mapping',
    ],
    ['failOn: warn', 1, 'failOn: expected error, warning, info, never, not "warn"'],
    ['failOn:', 1, 'failOn: expected error, warning, info, never, not nothing'],
    ['failon: info', 1, 'failon: unknown key; did you mean failOn?'],
    ['baseline: 7', 1, 'baseline: expected an image or a saved report, not 7'],
    ['baseline: [a, b]', 1, 'baseline: expected an image or a saved report, not a list'],
    ['baseline: ""', 1, 'baseline: expected an image such as registry:ghcr.io/acme/app:main, not ""'],
    ['baseline: {}', 1, 'baseline: expected a key image or report'],
    ['baseline:\n  imgae: a.tar', 2, 'baseline.imgae: unknown key; did you mean image?'],
    ['baseline:\n  tag: main', 2, 'baseline.tag: unknown key; keys are image and report'],
    [
      'baseline:\n  image: a\n  report: b',
      3,
      'baseline.report: there is an image already; a baseline is one or the other',
    ],
    ['baseline:\n  image:', 2, 'baseline.image: expected an image such as registry:ghcr.io/acme/app:main, not nothing'],
    ['baseline:\n  report: 1', 2, 'baseline.report: expected the path of a saved JSON report, not 1'],
    ['baseline: "-"', 1, 'baseline: a baseline is not read from standard input'],
    ['baseline: "oci-archive:-"', 1, 'baseline: a baseline is not read from standard input'],
    ['- tui', 1, 'expected a mapping, not a list'],
    ['tui', 1, 'expected a mapping, not "tui"'],
    ['42', 1, 'expected a mapping, not 42'],
    ['tui: [keys]', 1, 'tui: expected a mapping, not a list'],
    ['tui: yes', 1, 'tui: expected a mapping, not "yes"'],
    ['tui:\n  keys: {}\n  tehme: dark', 3, 'tui.tehme: unknown key; did you mean theme?'],
    ['tui:\n  colors: true', 2, 'tui.colors: unknown key; keys are keys, theme and mouse'],
    ['tui:\n  theme: solarized', 2, 'tui.theme: expected auto, dark, light, mono, not "solarized"'],
    ['tui:\n  theme:', 2, 'tui.theme: expected auto, dark, light, mono, not nothing'],
    ['tui:\n  theme: [dark]', 2, 'tui.theme: expected auto, dark, light, mono, not a list'],
    ['tui:\n\n  mouse: yes', 3, 'tui.mouse: expected true or false, not "yes"'],
    ['tui:\n  mouse: 1', 2, 'tui.mouse: expected true or false, not 1'],
    ['tui:\n  mouse: ', 2, 'tui.mouse: expected true or false, not nothing'],
    ['tui:\n  keys: [up]', 2, 'tui.keys: expected a mapping, not a list'],
    ['tui:\n  keys:\n    pageup: x', 3, 'tui.keys.pageup: unknown key; did you mean page-up?'],
    [
      'tui:\n  keys:\n    explode: x',
      3,
      'tui.keys.explode: unknown key; docs/schema/config.v1.json has the names of all actions',
    ],
    ['tui:\n  keys:\n    up:', 3, 'tui.keys.up: expected a key such as g, space or ctrl+u, not nothing'],
    ['tui:\n  keys:\n    up: 12', 3, 'tui.keys.up: expected a key such as g, space or ctrl+u, not 12'],
    ['tui:\n  keys:\n    up: true', 3, 'tui.keys.up: expected a key such as g, space or ctrl+u, not true'],
    ['tui:\n  keys:\n    up: {a: b}', 3, 'tui.keys.up: expected a key such as g, space or ctrl+u, not a mapping'],
    [
      'tui:\n  keys:\n    up:\n      - w\n      - [x]',
      5,
      'tui.keys.up[1]: expected a key such as g, space or ctrl+u, not a list',
    ],
    ['tui:\n  keys:\n    up: ctrl+c', 3, 'tui.keys.up: ctrl+c is reserved, it always quits'],
    ['tui:\n  keys:\n    up: [w, ctrl+i]', 3, 'tui.keys.up[1]: ctrl+i is reserved, it is tab to a terminal'],
    ['tui:\n  keys:\n    up: shift+w', 3, 'tui.keys.up: shift+w is no key; write W'],
    ['tui:\n  keys:\n    up: ctrl+W', 3, 'tui.keys.up: ctrl+W is no key; write ctrl+w'],
    [
      'tui:\n  keys:\n    up: Up',
      3,
      'tui.keys.up: "Up" is no key; keys are written like g, G, space, ctrl+u, shift+tab, pageup, f5',
    ],
    [
      'tui:\n  keys:\n    up: ""',
      3,
      'tui.keys.up: "" is no key; keys are written like g, G, space, ctrl+u, shift+tab, pageup, f5',
    ],
    ['__proto__: { tui: {} }', 1, '__proto__: unknown key; keys are budgets, ignore, rules, baseline, failOn and tui'],
    [
      'tui: { keys: { constructor: x } }',
      1,
      'tui.keys.constructor: unknown key; docs/schema/config.v1.json has the names of all actions',
    ],
  ];

  test.each([...wrong, ...wrongBudgets])('%j: line %d, %s', async (text, line, reason) => {
    expect(await messageOf(text, 'layerscope.yaml')).toBe(
      `layerscope.yaml:${line}: ${reason}${reason.endsWith('?') ? '' : '.'}`,
    );
    expect(errorsOf(parse(text))).not.toEqual([]);
    // The same of JSON, whose lines are those of this text.
    const json = JSON.stringify(parse(text), null, 1);
    expect(await messageOf(json, 'a.json')).toMatch(/^a\.json:\d+: /);
    expect((await messageOf(json, 'a.json')).replace(/:\d+:/, ':')).toBe(
      `a.json: ${reason}${reason.endsWith('?') ? '' : '.'}`,
    );
  });

  test.each<WrongFile>([
    ...senselessBudgets,
    [
      'tui:\n  keys:\n    up: w\n    filter: f',
      4,
      'tui.keys.filter: f is a key of view-final too; give view-final another one',
    ],
    ['tui: { keys: { up: x, down: x } }', 1, 'tui.keys.down: x is a key of up too; give up another one'],
    ['tui:\n  theme: dark\n  theme: light', 3, 'Map keys must be unique'],
    ['tui:\n  keys:\n    help: ?', 3, 'Nested mappings are not allowed in compact mappings'],
    ['tui: {}\n---\ntui: {}', 2, 'more than one document; a configuration is one'],
    ['tui: !env TUI', 1, 'Unresolved tag: !env'],
    ['tui: {}\n? [a]\n: b', 2, 'With stringKeys, all keys must be strings'],
    ['tui:\n  keys: *usual', 2, '*usual is an alias of nothing above it; a text that begins with * needs quotes'],
    [
      'ignore:\n  - **/.git/**',
      2,
      '**/.git/** is an alias of nothing above it; a text that begins with * needs quotes',
    ],
    ['tui:\n  keys: {', 2, 'Flow map in block collection must be sufficiently indented and end with a }'],
  ])('%j: line %d, %s', async (text, line, reason) => {
    expect(await messageOf(text, 'layerscope.yaml')).toBe(
      `layerscope.yaml:${line}: ${reason}${reason.endsWith('?') ? '' : '.'}`,
    );
  });

  test('that the parser could not bear is refused before', async () => {
    const deep = 'layerscope.yaml:2: nested too deeply.';
    expect(await messageOf(`tui:\n  - ${'['.repeat(500_000)}`, 'layerscope.yaml')).toBe(deep);
    expect(await messageOf(`tui:\n${'- '.repeat(500_000)}`, 'layerscope.yaml')).toBe(deep);
    expect(await messageOf(`tui:\n${' '.repeat(600)}keys:`, 'layerscope.yaml')).toBe(deep);
    expect(await messageOf('a: 1\n'.repeat(100_000), 'layerscope.yaml')).toBe(
      'layerscope.yaml:11429: more than any configuration has to say.',
    );
  });

  test('of aliases that stand for gigabytes is refused', async () => {
    const levels = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((name, at) => {
        const below = `*${'abcdefgh'[at]}`;
        return `${name}: &${name} [${Array.from({ length: 9 }, () => below).join(',')}]`;
      }),
    ];
    expect(await messageOf(levels.join('\n'), 'layerscope.yaml')).toBe(
      'layerscope.yaml: its aliases stand for too much.',
    );
  });

  test.each([
    ['{"tui": {\n"theme" "dark"}}', 'a.json:2: not valid JSON.'],
    ['{"tui": {\n"mouse": true\n', 'a.json:3: not valid JSON.'],
    // Good YAML; some versions of V8 tell the line.
    ['{"tui": {\n"theme": "dark",\n}}\n', /^a\.json:(3:)? not valid JSON\.$/],
    ['', 'a.json: not valid JSON.'],
  ])('of JSON, %j, is told by its line where that is known', async (text, message) => {
    expect(await messageOf(text, 'a.json')).toEqual(
      typeof message === 'string' ? message : (expect.stringMatching(message) as string),
    );
  });

  test('that is package.json is told by its line', async () => {
    const text = '{\n  "name": "x",\n  "layerscope": {\n    "tui": { "mouse": 0 }\n  }\n}';
    expect(await messageOf(text, 'package.json')).toBe(
      'package.json:4: layerscope.tui.mouse: expected true or false, not 0.',
    );
    expect(await messageOf('{\n"name": "x" }', 'package.json')).toBe('package.json:1: has no key layerscope.');
  });
});

test('the schema knows the rules, the actions and the keys that there are', () => {
  const text = readFileSync(new URL('../../docs/schema/config.v1.json', import.meta.url), 'utf8');
  const found = JSON.parse(text) as {
    properties: {
      rules: { propertyNames: { enum: string[] } };
      tui: { properties: { keys: { propertyNames: { enum: string[] } } } };
    };
    $defs: { key: { anyOf: [{ pattern: string }] } };
  };
  expect(found.properties.rules.propertyNames.enum).toEqual(ruleNames);
  expect(found.properties.tui.properties.keys.propertyNames.enum).toEqual(actionNames);
  expect(found.$defs.key.anyOf[0].pattern).toBe(bindable.source);
});
