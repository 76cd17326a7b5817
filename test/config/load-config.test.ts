import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { findConfigAbove, findConfigIn, loadOwnConfig } from '../../src/config/load-config.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'layerscope-config-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function put(path: string, text: string | Buffer): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

async function themeIn(directory: string): Promise<string> {
  return (await loadOwnConfig(join(root, directory), null)).config.tui.theme;
}

describe('the file that counts', () => {
  test('is none: the defaults', async () => {
    mkdirSync(join(root, 'a'));
    expect((await loadOwnConfig(join(root, 'a'), null)).config).toEqual(defaultConfig);
  });

  test.each([
    ['layerscope.yaml', 'tui: { theme: dark }'],
    ['.layerscope.yaml', 'tui: { theme: dark }'],
    ['layerscope.json', '{ "tui": { "theme": "dark" } }'],
    ['package.json', '{ "layerscope": { "tui": { "theme": "dark" } } }'],
    ['layerscope.yaml', '\ufefftui: { theme: dark }'],
    ['layerscope.json', '\ufeff{ "tui": { "theme": "dark" } }'],
  ])('is %s, found upward', async (name, text) => {
    put(name, text);
    mkdirSync(join(root, 'a/b/c'), { recursive: true });
    expect(await themeIn('a/b/c')).toBe('dark');
  });

  test('is in the nearest directory, whatever its name', async () => {
    put('layerscope.yaml', 'tui: { theme: dark }');
    put('a/package.json', '{ "layerscope": { "tui": { "theme": "light" } } }');
    put('a/b/package.json', '{ "name": "layerscope", "dependencies": { "layerscope": "1" } }');
    expect(await themeIn('a/b')).toBe('light');
  });

  test('is the first by name in one directory', async () => {
    put('package.json', '{ "layerscope": { "tui": { "theme": "mono" } } }');
    put('layerscope.json', '{ "tui": { "theme": "light" } }');
    expect(await themeIn('.')).toBe('light');
    put('.layerscope.yaml', 'tui: { theme: auto }');
    expect(await themeIn('.')).toBe('auto');
    put('layerscope.yaml', 'tui: { theme: dark }');
    expect(await themeIn('.')).toBe('dark');
  });

  test('is the one that the command line names', async () => {
    put('layerscope.yaml', 'tui: { theme: dark }');
    const other = put('other/any-name', 'tui: { theme: light }');
    expect((await loadOwnConfig(root, other)).config.tui.theme).toBe('light');
  });

  test('is not a package.json that something else is wrong with', async () => {
    put('layerscope.yaml', 'tui: { theme: dark }');
    put('a/package.json', '{ broken');
    put('b/package.json', `{ "layerscope": {} }${' '.repeat(2 ** 20)}`);
    mkdirSync(join(root, 'c/package.json'), { recursive: true });
    for (const directory of ['a', 'b', 'c']) expect(await themeIn(directory)).toBe('dark');
  });
});

describe('an error tells', () => {
  async function message(named: string | null): Promise<string> {
    return await loadOwnConfig(root, named).then(
      () => '',
      (error: Error) => error.message.replaceAll(root, ''),
    );
  }

  test('a named file that is missing', async () => {
    expect(await message(join(root, 'none.yaml'))).toBe('/none.yaml: no such file.');
    put('a', '');
    expect(await message(join(root, 'a/none.yaml'))).toBe('/a/none.yaml: no such file.');
  });

  test('a directory', async () => {
    mkdirSync(join(root, 'layerscope.yaml'));
    expect(await message(null)).toBe('/layerscope.yaml: is no file.');
    expect(await message(root)).toBe(': cannot be read (EISDIR: illegal operation on a directory, read).');
  });

  test('a pipe, without waiting for it', async () => {
    execFileSync('mkfifo', [join(root, 'layerscope.json')]);
    expect(await message(null)).toBe('/layerscope.json: is no file.');
  });

  test('a file that cannot be read', async () => {
    // Modes do not keep the superuser out; nobody reads the first page of a process.
    symlinkSync('/proc/self/mem', join(root, 'layerscope.yaml'));
    expect(await message(null)).toMatch(/^\/layerscope\.yaml: cannot be read \(EIO/);
  });

  test('a file that is too large, or endless', async () => {
    put('layerscope.yaml', '#'.repeat(2 ** 20 + 1));
    expect(await message(null)).toBe('/layerscope.yaml: has more than 1048576 bytes, which no configuration has.');
    expect(await message('/dev/zero')).toBe('/dev/zero: has more than 1048576 bytes, which no configuration has.');
    put('layerscope.yaml', '#'.repeat(2 ** 20));
    expect(await message(null)).toBe('');
  });

  test('a file that is no text', async () => {
    put('layerscope.yaml', Buffer.from([0x74, 0xff, 0xfe]));
    expect(await message(null)).toBe('/layerscope.yaml: is not UTF-8 text.');
  });

  test('the line of a mistake, in the package.json that has one', async () => {
    put('package.json', '{\n"layerscope": {\n"tui": 1 } }');
    expect(await message(null)).toBe('/package.json:3: layerscope.tui: expected a mapping, not 1.');
    put('package.json', '{\n"layerscope": {\n"tui" } }');
    expect(await message(null)).toMatch(/^\/package\.json:(\d+:)? /);
  });
});

describe('the path of a baseline', () => {
  async function baselineIn(directory: string): Promise<string> {
    const { baseline } = (await loadOwnConfig(join(root, directory), null)).config;
    return `${baseline?.from ?? ''} ${baseline?.reference ?? ''}`;
  }

  test.each([
    ['main.json', 'report ../main.json'],
    ['./old/main.json', 'report ../old/main.json'],
    ['{ report: saved }', 'report ../saved'],
    ['{ report: /saved }', 'report /saved'],
    ['main.tar', 'image ../main.tar'],
    ['main.tar#app:v1', 'image ../main.tar#app:v1'],
    ['./layout', 'image ../layout'],
    ['/images/main', 'image /images/main'],
    ['oci:layout:v2', 'image oci:../layout:v2'],
    ['docker-archive:main', 'image docker-archive:../main'],
    // There is such a file, and no such others.
    ['there', 'image ../there'],
    ['there#v1', 'image ../there#v1'],
    ['acme/app:main', 'image acme/app:main'],
    ['{ image: registry:ghcr.io/acme/app:main }', 'image registry:ghcr.io/acme/app:main'],
    ['docker:there', 'image docker:there'],
  ])('%s is relative to the file: %s', async (baseline, expected) => {
    put('ci/layerscope.yaml', `baseline: ${baseline.startsWith('{') ? baseline : JSON.stringify(baseline)}`);
    put('ci/there', '');
    mkdirSync(join(root, 'ci/below'));
    expect(await baselineIn('ci/below')).toBe(expected);
  });

  test('is as written in the working directory', async () => {
    put('layerscope.yaml', 'baseline: ./main.json');
    expect(await baselineIn('.')).toBe('report main.json');
  });

  test('of a named file goes by the name', async () => {
    const named = put('ci/any.yaml', 'baseline: main.json');
    const { config, path } = await loadOwnConfig(root, named);
    expect(config.baseline?.reference).toBe(join(root, 'ci/main.json'));
    expect(path).toBe(named);
  });
});

test('the file is told as seen from the working directory, with the lines of what it says', async () => {
  put('layerscope.yaml', 'failOn: info\nbudgets:\n  - metric: size\n    max: 1MB\n    warn: 900kB\n');
  mkdirSync(join(root, 'a/b'), { recursive: true });
  const { path, notes, lineOf } = await loadOwnConfig(join(root, 'a/b'), null);
  expect({ path, notes }).toEqual({ path: '../../layerscope.yaml', notes: [] });
  const places = [
    ['failOn'],
    ['budgets', 0, 'max'],
    ['budgets', 0, 'warn', 'max'],
    ['budgets', 0, 'min'],
    ['tui', 'mouse'],
  ];
  expect(await Promise.all(places.map((place) => lineOf(place)))).toEqual([1, 4, 5, null, null]);
});

test('the names of configurations in a directory, and above it', async () => {
  put('.layerscope.yaml', '');
  put('a/package.json', '{ "layerscope": {} }');
  put('a/b/package.json', '{ "name": "x" }');
  const above = await Promise.all(['a/b', 'a'].map((directory) => findConfigAbove(join(root, directory))));
  expect(above).toEqual(['../package.json', '../.layerscope.yaml']);
  const inside = await Promise.all(['a/b', 'a', '.'].map((directory) => findConfigIn(join(root, directory))));
  expect(inside).toEqual([null, 'package.json', '.layerscope.yaml']);
});
