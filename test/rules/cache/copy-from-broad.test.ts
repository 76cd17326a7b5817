import { expect, test } from 'vitest';
import { copyFromBroad } from '../../../src/rules/cache/copy-from-broad.ts';
import { check, linesFound } from './check-cache-rule.ts';

const build = 'FROM go AS build\nWORKDIR /app\nCOPY . .\nRUN go build -o server ./cmd\n';

test('sources that come along with what was compiled from them', () => {
  const [finding] = check(copyFromBroad, `${build}FROM a\nCOPY --from=build /app /app\n`, {
    history: { reruns: { 6: 80 } },
    costs: { 6: { bytes: 1_000_000 } },
  });
  expect(finding).toMatchObject({ severity: 'info', location: { startLine: 6 }, bytes: 800_000, seconds: null });
  expect(finding?.message).toContain('takes all of /app, the sources that line 3 (COPY . .) put there included');
});

test.each([
  ['by number', `${build}FROM a\nCOPY --from=0 /app/ /srv/\n`, [6]],
  ['from above', `${build}FROM a\nCOPY --from=build / /x\n`, [6]],
  ['of cargo', 'FROM rust AS b\nCOPY . /src\nRUN cargo build --release\nFROM a\nCOPY --from=b /src /src\n', [5]],
])('%s', (_, dockerfile, expected) => {
  expect(linesFound(copyFromBroad, dockerfile)).toEqual(expected);
});

test.each([
  ['only the artefact is taken', `${build}FROM a\nCOPY --from=build /app/server /server\n`],
  ['nothing is compiled', 'FROM node AS b\nWORKDIR /app\nCOPY . .\nRUN npm ci\nFROM a\nCOPY --from=b /app /app\n'],
  ['the sources lie elsewhere', `${build.replace('COPY . .', 'COPY . /src')}FROM a\nCOPY --from=build /app /app\n`],
  ['only some sources are there', `${build.replace('COPY . .', 'COPY go.mod .')}FROM a\nCOPY --from=build /app /app\n`],
  ['it comes from an image', `${build}FROM a\nCOPY --from=nginx /app /app\n`],
  ['nobody knows where the sources are', `${build.replace('WORKDIR /app\n', '')}FROM a\nCOPY --from=build /app /app\n`],
  ['a directory beside it is taken', `${build}FROM a\nCOPY --from=build /application /app\n`],
])('is silent where %s', (_, dockerfile) => {
  expect(linesFound(copyFromBroad, dockerfile)).toEqual([]);
});
