import { describe, expect, test } from 'vitest';
import { parseChallenges } from '../../src/registry/challenge.ts';

const parsed = (...headers: string[]): unknown[] =>
  parseChallenges(headers).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

describe('challenges', () => {
  test.each<[string, string[], unknown[]]>([
    ['a scheme alone', ['Negotiate'], [['negotiate', {}]]],
    ['any case', ['bEARER ReAlM="https://T/x"'], [['bearer', { realm: 'https://T/x' }]]],
    [
      'commas and spaces in quotes',
      ['Bearer scope="a:b:pull,push c:d:pull"'],
      [['bearer', { scope: 'a:b:pull,push c:d:pull' }]],
    ],
    [
      'quoted quotes',
      [String.raw`Basic realm="say \"hello\" \\"`],
      [['basic', { realm: String.raw`say "hello" \ `.trim() }]],
    ],
    ['space around signs', ['Bearer realm = "r" ,  service= s'], [['bearer', { realm: 'r', service: 's' }]]],
    ['no quotes', ['Bearer realm=https://t/x?a=1,service=s'], [['bearer', { realm: 'https://t/x?a=1', service: 's' }]]],
    ['empty values', ['Bearer realm="r",scope=""'], [['bearer', { realm: 'r', scope: '' }]]],
    [
      'one header for two',
      ['Basic realm="a", Bearer realm="b",service="c"'],
      [
        ['basic', { realm: 'a' }],
        ['bearer', { realm: 'b', service: 'c' }],
      ],
    ],
    [
      'two headers',
      ['Basic realm="a"', 'Bearer realm="b"'],
      [
        ['basic', { realm: 'a' }],
        ['bearer', { realm: 'b' }],
      ],
    ],
    [
      'a token between two',
      ['Negotiate YWJj==, Basic realm="a"'],
      [
        ['negotiate', {}],
        ['basic', { realm: 'a' }],
      ],
    ],
    ['a name twice: the first counts', ['Bearer realm="a",realm="b"'], [['bearer', { realm: 'a' }]]],
    ['rubbish', ['"', '=', ',,,', ''], []],
    ['an open quote', ['Bearer realm="r",service="s'], [['bearer', { realm: 'r' }]]],
  ])('%s', (_, headers, expected) => {
    expect(parsed(...headers)).toEqual(expected);
  });

  test('long ones take no long time', () => {
    // Quadratic in such a length would be minutes.
    const long = 200_000;
    expect(parsed(`Bearer ${'a='.repeat(long)}`)).toHaveLength(1);
    expect(parsed(`Bearer realm="${'\\"'.repeat(long)}`)).toHaveLength(1);
    expect(parsed(`${'a'.repeat(long)}=`)).toEqual([]);
    expect(parsed('a '.repeat(1000))).toHaveLength(1000);
  });
});
