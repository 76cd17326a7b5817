/** A wrong file, the line of its mistake, and what is said of it. */
export type WrongFile = readonly [text: string, line: number, reason: string];

const budget = (...lines: readonly string[]): string => `budgets:\n  - ${lines.join('\n    ')}`;
const allMetrics = 'size, compressed, wasted, wastedPercent, layers, files, efficiency';

/** Files that the published schema refuses, too. */
export const wrongBudgets: readonly WrongFile[] = [
  ['budgets: size', 1, 'budgets: expected a list, not "size"'],
  ['budgets: { metric: size }', 1, 'budgets: expected a list, not a mapping'],
  ['budgets:\n  -', 2, `budgets[0]: a budget needs a metric: ${allMetrics}`],
  ['budgets:\n  - size', 2, 'budgets[0]: expected a mapping, not "size"'],
  [budget('max: 5MB'), 2, `budgets[0]: a budget needs a metric: ${allMetrics}`],
  [budget('metric: szie', 'max: 5MB'), 2, `budgets[0].metric: expected ${allMetrics}, not "szie"; did you mean size?`],
  [budget('metric:', 'max: 5MB'), 2, `budgets[0].metric: expected ${allMetrics}, not nothing`],
  [budget('metrics: size', 'max: 5MB'), 2, 'budgets[0].metrics: unknown key; did you mean metric?'],
  [
    budget('metric: size', 'limit: 5MB'),
    3,
    'budgets[0].limit: unknown key; keys are name, reason, metric, scope, stage, path, max, min, maxIncrease and warn',
  ],
  [budget('metric: size'), 2, 'budgets[0]: a budget needs a limit: max, min or maxIncrease, or warn with one of them'],
  [
    budget('metric: size', 'name: x', 'warn:'),
    4,
    'budgets[0].warn: is without a limit; give it max, min or maxIncrease',
  ],
  [budget('metric: size', 'warn: {}'), 3, 'budgets[0].warn: is without a limit; give it max, min or maxIncrease'],
  [budget('metric: size', 'max:'), 3, 'budgets[0].max: expected a size such as 250MB, not nothing'],
  [budget('metric: size', 'max: lots'), 3, 'budgets[0].max: expected a size such as 250MB, not "lots"'],
  [
    budget('metric: size', 'max: 250mb'),
    3,
    'budgets[0].max: expected a size such as 250MB, not "250mb"; did you mean 250MB?',
  ],
  [
    budget('metric: size', 'max: 250M'),
    3,
    'budgets[0].max: expected a size such as 250MB, not "250M"; did you mean 250MB?',
  ],
  [
    budget('metric: wasted', 'min: 1 parsec'),
    3,
    'budgets[0].min: expected a size such as 250MB, not "1 parsec"; units are B, kB, MB, GB, TB, KiB, MiB, GiB, TiB',
  ],
  [budget('metric: size', 'max: -1'), 3, 'budgets[0].max: expected a size such as 250MB, not -1; it cannot be below 0'],
  [
    budget('metric: size', 'max: 2.5'),
    3,
    'budgets[0].max: expected a size such as 250MB, not 2.5; a bare number is bytes, and a byte cannot be split',
  ],
  [
    budget('metric: compressed', 'max: 5%'),
    3,
    'budgets[0].max: expected a size such as 250MB, not "5%"; only maxIncrease can be a share',
  ],
  [budget('metric: size', 'max: [5MB]'), 3, 'budgets[0].max: expected a size such as 250MB, not a list'],
  [
    budget('metric: size', 'max: 1_000'),
    3,
    'budgets[0].max: expected a size such as 250MB, not "1_000"; write digits without separators, and a point before a fraction',
  ],
  [
    budget('metric: size', 'max: 99999999999999999999'),
    3,
    'budgets[0].max: expected a size such as 250MB, not 100000000000000000000; no image has that much',
  ],
  [
    budget('metric: layers', 'max: 25MB'),
    3,
    'budgets[0].max: expected a whole number such as 25, not "25MB"; it is a count and has no unit',
  ],
  [
    budget('metric: files', 'max: 2.5'),
    3,
    'budgets[0].max: expected a whole number such as 25, not 2.5; there are no fractions of it',
  ],
  [
    budget('metric: wastedPercent', 'max: 2'),
    3,
    'budgets[0].max: expected a share such as 2%, not 2; did you mean 2%?',
  ],
  [
    budget('metric: wastedPercent', 'max: 0.02'),
    3,
    'budgets[0].max: expected a share such as 2%, not 0.02; did you mean 0.02% or 2%?',
  ],
  [
    budget('metric: wastedPercent', 'max: 120%'),
    3,
    'budgets[0].max: expected a share such as 2%, not "120%"; a share of the whole is 100% at most',
  ],
  [
    budget('metric: wastedPercent', 'maxIncrease: 1'),
    3,
    'budgets[0].maxIncrease: expected percentage points such as 1%, not 1; did you mean 1%?',
  ],
  [
    budget('metric: size', 'maxIncrease: 5 percent'),
    3,
    'budgets[0].maxIncrease: expected a size such as 10MB, or a share such as 5%, not "5 percent"; units are B, kB, MB, GB, TB, KiB, MiB, GiB, TiB',
  ],
  [
    budget('metric: efficiency', 'min: 95'),
    3,
    'budgets[0].min: expected a number from 0 to 1 such as 0.95, not 95; did you mean 95%?',
  ],
  [
    budget('metric: efficiency', 'max: 0.9'),
    3,
    'budgets[0].max: an image is the better the higher its efficiency; set min',
  ],
  [
    budget('metric: efficiency', 'min: 0.9', 'maxIncrease: 5%'),
    4,
    'budgets[0].maxIncrease: an image is the better the higher its efficiency; set min',
  ],
  [
    budget('metric: efficiency', 'scope: own', 'min: 0.9'),
    3,
    'budgets[0].scope: efficiency is dive’s score of the whole image; wastedPercent takes scopes and paths',
  ],
  [
    budget('metric: efficiency', 'path: /usr/**', 'min: 0.9'),
    3,
    'budgets[0].path: efficiency is dive’s score of the whole image; wastedPercent takes scopes and paths',
  ],
  [
    budget('metric: layers', 'scope: layer', 'max: 5'),
    3,
    'budgets[0].scope: a layer is one layer; the scopes of layers are image, own, base and stage',
  ],
  [
    budget('metric: layers', 'path: /usr', 'max: 5'),
    3,
    'budgets[0].path: layers are not counted by path; files and size take a path',
  ],
  [
    budget('metric: compressed', 'path: /usr', 'max: 5MB'),
    3,
    'budgets[0].path: a layer is compressed as a whole, nobody knows what a path is of it; size takes a path',
  ],
  [
    budget('metric: size', 'scope: stages', 'max: 5MB'),
    3,
    'budgets[0].scope: expected image, own, base, layer, stage, not "stages"; did you mean stage?',
  ],
  [
    budget('metric: size', 'stage: build', 'max: 5MB'),
    3,
    'budgets[0].stage: counts with scope: stage only, and the scope is image',
  ],
  [
    budget('metric: size', 'scope: stage', 'stage:', 'max: 5MB'),
    4,
    'budgets[0].stage: expected the name of a stage, not nothing',
  ],
  [
    budget('metric: size', 'scope: stage', 'stage: 1.5', 'max: 5MB'),
    4,
    'budgets[0].stage: expected the name of a stage, not 1.5',
  ],
  [
    budget('metric: size', 'path: usr/share', 'max: 5MB'),
    3,
    'budgets[0].path: "usr/share" begins neither with "/" nor with "**/"; did you mean "/usr/share" or "**/usr/share"?',
  ],
  [
    budget('metric: size', 'path: 7', 'max: 5MB'),
    3,
    'budgets[0].path: expected a path such as "/usr/share/doc/**", not 7',
  ],
  [budget('metric: size', 'max: 5MB', 'warn: { mx: 4MB }'), 4, 'budgets[0].warn.mx: unknown key; did you mean max?'],
  [
    budget('metric: size', 'max: 5MB', 'warn: 4mb'),
    4,
    'budgets[0].warn: expected a size such as 250MB, not "4mb"; did you mean 4MB?',
  ],
  [
    budget('metric: size', 'max: 5MB', 'warn:', '  max: 4mb'),
    5,
    'budgets[0].warn.max: expected a size such as 250MB, not "4mb"; did you mean 4MB?',
  ],
  [budget('metric: size', 'max: 5MB', 'warn: [4MB]'), 4, 'budgets[0].warn: expected a mapping, not a list'],
  [budget('metric: size', 'max: 5MB', 'warn: true'), 4, 'budgets[0].warn: expected a mapping, not true'],
  [
    budget('metric: efficiency', 'min: 0.9', 'warn: { max: 1 }'),
    4,
    'budgets[0].warn.max: an image is the better the higher its efficiency; set min',
  ],
  [budget('name: ""', 'metric: size', 'max: 5MB'), 2, 'budgets[0].name: expected a name, not ""'],
  [budget('name: 2026', 'metric: size', 'max: 5MB'), 2, 'budgets[0].name: expected a name, not 2026'],
  [budget('metric: size', 'max: 5MB', 'reason: [because]'), 4, 'budgets[0].reason: expected a sentence, not a list'],
  [budget('metric: size', 'max: 5MB', 'reason:'), 4, 'budgets[0].reason: expected a sentence, not nothing'],
  ['ignore: /var/lib/dpkg/**', 1, 'ignore: expected a list, not "/var/lib/dpkg/**"'],
  ['ignore: { path: /x }', 1, 'ignore: expected a list, not a mapping'],
  [
    'ignore:\n  - /var/**\n  - var/**',
    3,
    'ignore[1]: "var/**" begins neither with "/" nor with "**/"; did you mean "/var/**" or "**/var/**"?',
  ],
  ["ignore:\n  - /a\n  - '/**'", 3, 'ignore[1]: leaves out everything there is'],
  ["ignore: ['**/*']", 1, 'ignore[0]: leaves out everything there is'],
  ['ignore:\n  -', 2, 'ignore[0]: expected a path such as "/usr/share/doc/**", not nothing'],
  ["ignore: ['!/var']", 1, 'ignore[0]: "!/var" begins with "!": a path pattern cannot take paths out again'],
];

/** Files whose mistakes no schema could express. */
export const senselessBudgets: readonly WrongFile[] = [
  [
    budget('metric: size', 'warn: 5MB'),
    3,
    'budgets[0].warn: of which limit? Write it as a mapping, such as { max: 5MB }',
  ],
  [
    budget('metric: size', 'max: 5MB', 'min: 1MB', 'warn: 4MB'),
    5,
    'budgets[0].warn: of which limit? Write it as a mapping, such as { max: 4MB }',
  ],
  [budget('metric: wastedPercent', 'max: 100%'), 3, 'budgets[0].max: 100% is all there can be, so it always holds'],
  [budget('metric: efficiency', 'min: 0'), 3, 'budgets[0].min: there is never less than 0, so it always holds'],
  [budget('metric: size', 'min: 0kB'), 3, 'budgets[0].min: there is never less than 0, so it always holds'],
  [budget('metric: size', 'max: 5MB', 'min: 6MB'), 4, 'budgets[0].min: nothing is both 6MB at least and 5MB at most'],
  [
    budget('metric: size', 'max: 5MB', 'min: 4.77MiB'),
    4,
    'budgets[0].min: nothing is both 4.77MiB at least and 5MB at most',
  ],
  [
    budget('metric: size', 'max: 5MB', 'warn: 5MB'),
    4,
    'budgets[0].warn.max: never warns, for max is 5MB and fails before',
  ],
  [
    budget('metric: size', 'max: 5MB', 'warn:', '  max: 5000 kB'),
    5,
    'budgets[0].warn.max: never warns, for max is 5MB and fails before',
  ],
  [
    budget('metric: size', 'min: 5MB', 'warn:', '  min: 5MB'),
    5,
    'budgets[0].warn.min: never warns, for min is 5MB and fails before',
  ],
  [
    budget('metric: size', 'maxIncrease: 5%', 'warn:', '  maxIncrease: 6%'),
    5,
    'budgets[0].warn.maxIncrease: never warns, for maxIncrease is 5% and fails before',
  ],
  [
    budget('metric: size', 'max: 5MB', 'warn: { min: 6MB }'),
    4,
    'budgets[0].warn.min: nothing is both 6MB at least and 5MB at most',
  ],
  [
    budget('metric: size', 'min: 5MB', 'warn: { max: 4MB }'),
    4,
    'budgets[0].warn.max: nothing is both 5MB at least and 4MB at most',
  ],
  [
    budget('metric: size', 'warn: { min: 6MB, max: 5MB }'),
    3,
    'budgets[0].warn.min: nothing is both 6MB at least and 5MB at most',
  ],
  [
    budget('metric: wasted', 'warn: { min: 0 }'),
    3,
    'budgets[0].warn.min: there is never less than 0, so it always holds',
  ],
  [
    'budgets:\n  - { name: a, metric: size, max: 5MB }\n  - { name: b, metric: size, max: 5MB }\n  - metric: files\n    max: 5\n    name: a',
    6,
    'budgets[2].name: is the name of budgets[0] already',
  ],
  [
    budget('metric: size', 'max: 5MB', 'path: "/{a,b}"'),
    4,
    'budgets[0].path: "{a,b}" has braces, which are not understood: write one pattern for each, or "\\{" for the character',
  ],
  ['ignore: [/a//b]', 1, 'ignore[0]: a path pattern has two slashes side by side'],
];
