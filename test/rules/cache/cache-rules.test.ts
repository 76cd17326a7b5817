import { expect, test } from 'vitest';
import { checkCacheRules, uncheckedSteps } from '../../../src/rules/cache/cache-rules.ts';
import { inputOf } from './check-cache-rule.ts';

const found = (dockerfile: string): string[] =>
  checkCacheRules(inputOf(dockerfile)).map(({ rule, location }) => `${rule} ${location.startLine}`);

const file = 'FROM debian:12\nARG GIT_SHA\nRUN apt-get update && apt-get install -y x\nRUN echo $GIT_SHA\n';

test('the worst comes first', () => {
  expect(found(file)).toEqual(['volatile-arg 2', 'unpinned-base 1', 'cache-mount 3']);
});

test('a comment silences one rule on one line', () => {
  expect(found(file.replace('ARG', '# layerscope ignore=volatile-arg as it is\nARG'))).toEqual([
    'unpinned-base 1',
    'cache-mount 4',
  ]);
  expect(found(file.replace('ARG', '# layerscope ignore=unpinned-base x\nARG'))).toContain('volatile-arg 3');
});

test('bytes are whole and seconds have milliseconds', () => {
  const input = inputOf(file, { history: { reruns: { 3: 67 } }, costs: { 3: { bytes: 1001, seconds: 0.12345 } } });
  expect(checkCacheRules(input)[0]).toMatchObject({ rule: 'volatile-arg', bytes: 330, seconds: 0.041 });
});

test('gives up on what nobody writes, and says so', () => {
  const long = inputOf(`FROM a\n${'RUN apt-get update\nCOPY . .\n'.repeat(600)}`);
  expect(checkCacheRules(long)).toEqual([]);
  expect(uncheckedSteps(long.steps)).toMatchObject([{ code: 'dockerfile-too-long' }]);
  expect(uncheckedSteps(inputOf(file).steps)).toEqual([]);
});
