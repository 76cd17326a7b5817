import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { metrics, scopes } from '../../src/budgets/budget.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { ruleNames } from '../../src/rules/rule-names.ts';
import { ruleLevels } from '../../src/rules/rule-settings.ts';
import { schemaErrors } from '../report/schema.ts';

const errorsOf = schemaErrors('config.v1.json');

const digits = fc.constantFrom(
  '0',
  '00',
  '1',
  '2.5',
  '2.0',
  '0.95',
  '99.9',
  '100',
  '100.0',
  '101',
  '250',
  '.5',
  '1e3',
  '-1',
);
const unit = fc.constantFrom('', ' ', '%', ' %', 'B', 'kB', 'KB', 'MB', 'MiB', 'mib', 'TB', 'PB', 'x');
const amount = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(digits, unit).map((parts) => parts.join('')) },
  { weight: 3, arbitrary: fc.constantFrom<number>(0, 1, 2, 0.02, 0.95, 1.5, 25, 100, 1e6, 2 ** 53, -1) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, '', ' 5MB ', 'lots', [], {}) },
);
const limits = { max: amount, min: amount, maxIncrease: amount };
const budget = fc.record(
  {
    metric: fc.constantFrom(...metrics, 'sizes', null),
    scope: fc.constantFrom(...scopes, 'layers', null),
    stage: fc.constantFrom('build', 0, '', 1.5, null),
    path: fc.constantFrom('/usr/**', '**/.git/**', '/', '**/', '/*', 'usr', '', 7, null),
    name: fc.constantFrom('a', 'b', '', ' ', 1, null),
    reason: fc.constantFrom('for', '', 1),
    ...limits,
    warn: fc.oneof(amount, fc.record({ ...limits, most: amount }, { requiredKeys: [] })),
    other: fc.constant(1),
  },
  { requiredKeys: [] },
);
/** Such as a person writes, so that not all of them are wrong. */
const sober = fc.oneof(
  ...[
    {
      of: ['size', 'wasted', 'compressed'],
      some: ['1kB', 2000, '2.5 MiB', '40MB', '250MB', '0', 2.5, '5mb'],
      more: ['5%', '150%', 1],
    },
    { of: ['layers', 'files'], some: [0, 1, '20', 25, 300, 2.5, '2MB'], more: ['5%', 2] },
    { of: ['wastedPercent'], some: ['1.5%', '20%', '40 %', 0, '100%', 2, '101%'], more: ['150%', '0'] },
    { of: ['efficiency'], some: [0.9, '0.95', '99%', 1, 1.5, '101%'], more: [] },
  ].map(({ of, some, more }) => {
    const limit = fc.constantFrom(...some);
    const keys = {
      scope: fc.constantFrom(...scopes),
      path: fc.constantFrom('/usr/**', '**/.git/**', '/*.log'),
      max: limit,
      min: limit,
      maxIncrease: fc.constantFrom(...some, ...more),
      warn: fc.oneof(fc.constantFrom(...some, ...more), fc.record({ max: limit, min: limit }, { requiredKeys: [] })),
    };
    // With many keys one of them is nearly always wrong, and hides the others.
    const few = fc.subarray(Object.keys(keys), { minLength: 1, maxLength: 3 });
    return fc.tuple(fc.constantFrom(...of), fc.record(keys), few).map(([metric, all, kept]) => ({
      metric,
      ...Object.fromEntries(Object.entries(all).filter(([key]) => kept.includes(key))),
    }));
  }),
);
const whole = {
  budgets: fc.oneof(
    fc.array(sober, { maxLength: 2 }),
    fc.array(budget, { maxLength: 2 }),
    fc.constantFrom(null, {}, 'x'),
  ),
  ignore: fc.oneof(
    fc.array(fc.constantFrom('/var/**', '**/x', '/**', 'var', '', '!/x', 3), { maxLength: 2 }),
    fc.constantFrom(null, '/x', {}),
  ),
  rules: fc.dictionary(fc.constantFrom(...ruleNames, 'no-rule'), fc.constantFrom(...ruleLevels, 'on', null, false), {
    maxKeys: 2,
  }),
  baseline: fc.constantFrom<unknown>(
    null,
    'a.tar',
    'a.json',
    { image: 'a' },
    { report: 'a' },
    { image: 'a', report: 'b' },
    { image: '-' },
    { report: '' },
    { tag: 'a' },
    '-',
    '-#x',
    'oci:-',
    '',
    7,
    {},
    [],
  ),
  failOn: fc.constantFrom('error', 'warning', 'info', 'never', 'off', null),
};
/** Seldom more than one key: one that is wrong hides the rest. */
const config = fc.oneof(
  { weight: 10, arbitrary: fc.record<Record<string, unknown>>({ budgets: fc.tuple(sober) }) },
  ...Object.entries(whole).map(([key, arbitrary]) => fc.record<Record<string, unknown>>({ [key]: arbitrary })),
  fc.record<Record<string, unknown>>({ ...whole, other: fc.constant({}) }, { requiredKeys: [] }),
);

/** What no schema can say: how values stand to each other, and what a pattern comes to. */
const senseless =
  /always holds|never warns|nothing is both|of which limit|is the name of budgets|is the root alone|no image has that much|registry:|the path is missing|: not the name of an image/;

test('the schema takes what the checker takes, and refuses what it refuses but for what it cannot express', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(config, async (value) => {
      const message = await parseConfig(JSON.stringify(value), 'layerscope.json').then(
        () => null,
        (error: Error) => error.message,
      );
      const errors = errorsOf(value);
      if (message === null) {
        taken++;
        expect({ value, errors }).toEqual({ value, errors: [] });
      } else if (!senseless.test(message)) expect({ value, message, errors }).not.toMatchObject({ errors: [] });
    }),
    { numRuns: 3000 },
  );
  expect(taken).toBeGreaterThan(500);
});
