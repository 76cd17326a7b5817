import { expect, test } from 'vitest';
import { metadataBreaksChain } from '../../../src/rules/cache/metadata-breaks-chain.ts';
import { check, linesFound } from './check-cache-rule.ts';

const file = 'FROM a\nARG GIT_SHA\nLABEL revision=$GIT_SHA\nCOPY a /a\nCOPY b /b\n';

test('a label with a value that changes re-runs what comes after it', () => {
  const [finding] = check(metadataBreaksChain, file, {
    builder: 'classic',
    history: { reruns: { 5: 100 } },
    costs: { 4: { bytes: 1000 }, 5: { bytes: 70 } },
  });
  expect(finding).toMatchObject({ severity: 'warning', location: { startLine: 3 }, bytes: 1000 });
  expect(finding?.message).toBe(
    'line 3 (LABEL revision=$GIT_SHA) is a link of the chain for classic: each new value of GIT_SHA re-runs lines 4 and 5.',
  );
});

test('is silent for BuildKit', () => {
  expect(linesFound(metadataBreaksChain, file)).toEqual([]);
});

test.each([
  ['at the end', 'FROM a\nARG GIT_SHA\nCOPY a /a\nLABEL revision=$GIT_SHA\nCMD run\n'],
  ['about labels that stay', 'FROM a\nARG GIT_SHA\nLABEL maintainer=me\nCOPY a /a\n'],
  ['about arguments that stay', 'FROM a\nARG NAME=x\nLABEL name=$NAME\nCOPY a /a\n'],
  ['where the argument itself re-runs it', 'FROM a\nARG GIT_SHA\nRUN make\nLABEL revision=$GIT_SHA\nRUN make more\n'],
])('is silent %s', (_, dockerfile) => {
  expect(linesFound(metadataBreaksChain, dockerfile, { builder: 'classic' })).toEqual([]);
});
