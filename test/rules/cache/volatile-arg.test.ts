import { describe, expect, test } from 'vitest';
import { volatileArg } from '../../../src/rules/cache/volatile-arg.ts';
import { check, linesFound } from './check-cache-rule.ts';

const early = 'FROM a\nARG GIT_SHA\nRUN apt-get update && apt-get install -y curl\nRUN make VERSION=$GIT_SHA\n';

test('names the steps that a new value re-runs and that have no use for it', () => {
  const [finding, ...more] = check(volatileArg, early);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ severity: 'warning', location: { startLine: 2, endLine: 2 }, bytes: null });
  expect(finding?.message).toBe(
    'line 2 (ARG GIT_SHA) comes before line 3, which does not use GIT_SHA and re-runs with each new value of it.',
  );
  expect(finding?.help).toBe('Move it down to just before line 4 (RUN make VERSION=$GIT_SHA).');
});

test('costs what the commits do not cost anyway', () => {
  const [finding] = check(volatileArg, early, {
    history: { reruns: { 3: 25 } },
    costs: { 3: { bytes: 40_000_000, seconds: 20 }, 4: { bytes: 1, seconds: 500 } },
  });
  expect(finding).toMatchObject({ bytes: 30_000_000, seconds: 15 });
});

test('knows no cost without a history', () => {
  expect(check(volatileArg, early, { costs: { 3: { bytes: 40_000_000 } } })[0]).toMatchObject({ bytes: null });
});

test('what hands the value on moves with it', () => {
  const [finding] = check(
    volatileArg,
    'FROM a\nARG BUILD_DATE=unknown\nENV BUILT=${BUILD_DATE}\nLABEL built=$BUILT\nRUN apk add curl\nRUN npm ci\n',
  );
  expect(finding?.message).toContain('comes before lines 5 and 6, which do not use BUILD_DATE and re-run with');
  expect(finding?.help).toBe('Move it and what it is for (line 3) down to the end of its stage.');
});

test('a version that is given at release is worth a note, with no cost per commit', () => {
  const [finding] = check(volatileArg, 'FROM a\nARG VERSION=dev\nRUN apk add curl\nRUN ./build $VERSION\n', {
    history: {},
    costs: { 3: { bytes: 1000 } },
  });
  expect(finding).toMatchObject({ severity: 'info', bytes: null });
});

test('reaches into stages that start from this one', () => {
  const file = 'FROM a AS one\nARG GIT_SHA\nFROM one\nRUN apk add curl\n';
  expect(check(volatileArg, file)[0]?.message).toContain('comes before line 4,');
});

test('knows placeholders', () => {
  const found = (value: string): number[] =>
    linesFound(
      volatileArg,
      `ARG BUILD_HASH=${value}\nFROM a\nARG BUILD_HASH\nRUN npm ci\nENV H=$BUILD_HASH\nRUN npm run build\n`,
    );
  expect(['dev-build', 'unknown', '"0.0.0-dev"', 'local'].map(found)).toEqual([[3], [3], [3], [3]]);
  expect(['1.2.3', 'abc1234', 'devon'].map(found)).toEqual([[], [], []]);
});

describe('by builder', () => {
  const copies = 'FROM a\nARG GIT_SHA\nENV SHA=$GIT_SHA\nCOPY a /a\n';
  test('BuildKit keeps variables out of the key of COPY', () => {
    expect(linesFound(volatileArg, copies)).toEqual([]);
  });
  test('the classic builder has ENV in the chain', () => {
    expect(linesFound(volatileArg, copies, { builder: 'classic' })).toEqual([2]);
  });
});

describe('is silent', () => {
  test.each([
    ['where the next step uses it', 'FROM a\nARG GIT_SHA\nRUN echo $GIT_SHA >/sha\nRUN apk add curl\n'],
    ['where the next step may use it unseen', 'FROM a\nARG GIT_SHA\nRUN npm run build\nRUN apk add curl\n'],
    ['where a script may use it', 'FROM a\nARG GIT_SHA\nRUN ./build.sh\n'],
    ['about a version that is pinned here', 'FROM a\nARG VERSION=8.5.1\nRUN apk add curl\nRUN get $VERSION\n'],
    ['about a commit that is pinned here', 'FROM a\nARG COMMIT=0123abc\nRUN apk add git\nRUN git checkout $COMMIT\n'],
    ['about other arguments', 'FROM a\nARG NODE_ENV\nARG DEBIAN_FRONTEND\nRUN apk add curl\n'],
    ['behind everything', 'FROM a\nRUN apk add curl\nARG GIT_SHA\nLABEL sha=$GIT_SHA\n'],
    ['in a stage that nothing is done in', 'FROM a AS one\nARG GIT_SHA\nFROM a\nRUN apk add curl\n'],
    ['where it is made another variable at once', 'FROM a\nARG GIT_SHA\nENV GIT_SHA=fixed\nRUN apk add curl\n'],
    ['before the first FROM', 'ARG GIT_SHA\nFROM a\nRUN apk add curl\n'],
    ['where a here-document uses it', 'FROM a\nARG GIT_SHA\nRUN <<EOF\necho $GIT_SHA\nEOF\nRUN apk add curl\n'],
  ])('%s', (_, file) => {
    expect(linesFound(volatileArg, file)).toEqual([]);
  });

  test('where each commit re-runs those steps anyway', () => {
    expect(linesFound(volatileArg, early, { history: { reruns: { 3: 100 } } })).toEqual([]);
  });
});
