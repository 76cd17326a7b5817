import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GlobSet, type GlobState } from '../../src/globs/glob-set.ts';
import { anyName, type PathGlob } from '../../src/globs/path-glob.ts';
import { encodeText } from '../../src/text/byte-string.ts';
import { globsOf } from './globs-of.ts';
import { naiveMatch } from './naive-match.ts';

function stateAt(set: GlobSet, path: string): GlobState {
  return path
    .slice(1)
    .split('/')
    .reduce((state, name) => set.step(state, encodeText(name)), set.start);
}

/** Which of the patterns fit a path. */
function fitting(globs: readonly string[], path: string): string[] {
  return stateAt(new GlobSet(globsOf(...globs)), path).matched.map((at) => globs[at] ?? '');
}

describe('a pattern', () => {
  test.each([
    [
      '/usr/share/doc/**',
      ['/usr/share/doc/a', '/usr/share/doc/a/b'],
      ['/usr/share/doc', '/usr/share', '/x/usr/share/doc/a'],
    ],
    ['/usr/share/doc', ['/usr/share/doc', '/usr/share/doc/a/b'], ['/usr/share/docs', '/usr/share']],
    ['/usr/share/doc/', ['/usr/share/doc/a'], ['/usr/share/doc']],
    ['**/.git/**', ['/.git/x', '/a/b/.git/c/d'], ['/.git', '/a/.gitx/b']],
    ['**/.git', ['/.git', '/.git/x', '/a/.git'], ['/git', '/a/.gitignore']],
    ['/**', ['/a', '/a/b'], []],
    ['/*', ['/a', '/a/b'], []],
    ['/*/b', ['/a/b', '/a/b/c'], ['/b', '/a/c/b']],
    ['/a/**/b', ['/a/b', '/a/x/y/b', '/a/b/c'], ['/a', '/b', '/x/a/b']],
    ['**/a/**/a', ['/a/a', '/x/a/y/a/z'], ['/a', '/a/b']],
    ['**/a/b', ['/a/b', '/a/a/b', '/a/x/a/b'], ['/a/x/b']],
    ['**/*.log', ['/x.log', '/var/log/x.log', '/.log', '/a.log/b'], ['/x.log.gz', '/log']],
    ['/?', ['/a', '/é'], ['/ab']],
    ['/é*', ['/é', '/éa'], ['/e', '/\u00e8']],
    ['/[a-c]x[^0-9]', ['/axy'], ['/dxy', '/ax1', '/ax']],
    ['/a*a', ['/aa', '/aba'], ['/a', '/ab']],
    [String.raw`/\[*`, ['/[x'], ['/x']],
    [String.raw`/a\*b`, ['/a*b'], ['/axb']],
  ])('%s fits what it says', (glob, fits, others) => {
    expect(fits.filter((path) => fitting([glob], path).length === 0)).toEqual([]);
    expect(others.filter((path) => fitting([glob], path).length > 0)).toEqual([]);
  });

  test('tells names apart by their bytes, and takes what is no text for a character each', () => {
    const set = new GlobSet(globsOf('/?', '/\u00e9'));
    expect(set.step(set.start, '\u00c3\u00a9').matched).toEqual([0, 1]);
    expect(set.step(set.start, '\u00e9').matched).toEqual([0]);
  });
});

test('a set tells every pattern that fits, in its order', () => {
  const globs = ['**/*.log', '/var', '/var/log/**', '**/x*', '/etc/**', '**/xa.log'];
  expect(fitting(globs, '/var/log/xa.log')).toEqual(['**/*.log', '/var', '/var/log/**', '**/x*', '**/xa.log']);
  expect(fitting([], '/var')).toEqual([]);
  expect(fitting(['/a', '/a', '**/a'], '/a')).toEqual(['/a', '/a', '**/a']);
});

const part = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'ab', '**', '*') },
  fc.constantFrom(
    'a*',
    '*a',
    '?',
    '[ab]',
    '[^a]b',
    'a*b',
    '*b*',
    'a?*',
    String.raw`\a`,
    '[a-b]*',
    '*aba*',
    '?bab[abc]',
    '*abc*b?',
  ),
);
const glob = fc
  .tuple(fc.constantFrom('/', '**/'), fc.array(part, { minLength: 1, maxLength: 5 }), fc.constantFrom('', '', '/'))
  .map(([start, parts, end]) => `${start}${parts.join('/')}${end}`);
const name = fc.oneof(
  fc.constantFrom('a', 'b', 'ab', 'ba'),
  fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 }),
);
const path = fc.array(name, { minLength: 1, maxLength: 6 }).map((names) => `/${names.join('/')}`);

test('any patterns fit any paths as the plain words say', () => {
  fc.assert(
    fc.property(fc.array(glob, { maxLength: 8 }), fc.array(path, { minLength: 1, maxLength: 8 }), (globs, paths) => {
      const set = new GlobSet(globsOf(...globs));
      for (const each of paths) {
        const expected = globs.flatMap((text, at) => (naiveMatch(text, each) ? [at] : []));
        expect(stateAt(set, each).matched).toEqual(expected);
      }
    }),
    { numRuns: 1500 },
  );
});

/** The patterns of a glob, counting how often a name is tried on one. */
function counting(globs: readonly PathGlob[], count: () => void): PathGlob[] {
  return globs.map(({ text, parts }) => ({
    text,
    parts: parts.map((each) =>
      each.kind === 'pattern' && each !== anyName ? { ...each, fits: (tried) => (count(), each.fits(tried)) } : each,
    ),
  }));
}

describe('the work of five hundred patterns', () => {
  const globs = Array.from({ length: 500 }, (_, at) => {
    const kinds = [
      `/opt/app${at}/**`,
      `**/cache${at}/**`,
      `**/*.ext${at}`,
      `**/lib${at}-*.so.?`,
      `**/?*core${at}?*`,
      `/usr/*/pkg${at}/*.md`,
    ];
    return kinds[at % kinds.length] ?? '';
  });
  const paths = Array.from({ length: 20_000 }, (_, at) => `/usr/dir${at % 7}/pkg${at % 900}/file${at}.ext${at % 1000}`);

  test('is that of the few which a name may fit, and few states are made', () => {
    let tried = 0;
    const set = new GlobSet(counting(globsOf(...globs), () => tried++));
    const states = new Set<GlobState>();
    for (const each of paths) {
      let state = set.start;
      for (const name of each.slice(1).split('/')) states.add((state = set.step(state, name)));
    }
    // Of ten million pairs.
    expect(tried).toBeLessThan(30_000);
    expect(states.size).toBeLessThan(1000);
  });

  test('is one try of a name on each pattern that has nothing to look up', () => {
    let tried = 0;
    const set = new GlobSet(counting(globsOf('**/*a*a*a*[bc]', '**/?*a?*[xyz]'), () => tried++));
    const hostile = 'a'.repeat(400);
    for (let at = 0; at < 200; at++) stateAt(set, `/${hostile}/${hostile}`);
    expect(tried).toBe(2 * 2 * 200);
  });

  test('keeps the answers when its states become too many', () => {
    const texts = Array.from({ length: 60 }, (_, at) => `**/d${at}/**/e${at}`);
    const set = new GlobSet(globsOf(...texts));
    const draws = fc.sample(fc.array(fc.nat(59), { minLength: 15, maxLength: 25 }), { numRuns: 700, seed: 7 });
    for (const draw of draws) {
      const names = draw.flatMap((at, place) => (place % 3 === 0 ? [`e${at}`] : [`d${at}`]));
      const expected = texts.flatMap((_, at) =>
        names.includes(`d${at}`) && names.lastIndexOf(`e${at}`) > names.indexOf(`d${at}`) ? [at] : [],
      );
      expect(stateAt(set, `/${names.join('/')}`).matched).toEqual(expected);
    }
  });
});
