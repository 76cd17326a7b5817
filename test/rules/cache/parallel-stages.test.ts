import { expect, test } from 'vitest';
import { parallelStages } from '../../../src/rules/cache/parallel-stages.ts';
import { check, linesFound } from './check-cache-rule.ts';

const fetch = 'RUN curl -fsSL https://example.org/tool.tgz | tar -xz -C /usr/local/bin';
const file = `FROM a\nCOPY . /app\n${fetch}\n`;

test('a download that waits for the context', () => {
  const [finding, ...more] = check(parallelStages, file, {
    history: { reruns: { 3: 60 } },
    costs: { 3: { seconds: 10 } },
  });
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ severity: 'info', location: { startLine: 3 }, seconds: 6, bytes: null });
  expect(finding?.message).toContain('only fetches https://example.org/tool.tgz, but waits for line 2 (COPY . /app)');
});

test.each([
  'RUN wget -O /opt/x.zip https://example.org/x.zip && unzip /opt/x.zip -d /opt && rm /opt/x.zip',
  'RUN set -eux; curl -LO https://example.org/v1/kubectl && chmod +x kubectl && mv kubectl /usr/local/bin/',
])('also %s', (run) => {
  expect(linesFound(parallelStages, `FROM a\nCOPY . /app\n${run}\n`)).toEqual([3]);
});

test.each([
  ['it comes first', `FROM a\n${fetch}\nCOPY . /app\n`],
  ['it does more', `FROM a\nCOPY . /app\n${fetch} && make\n`],
  ['it needs what was copied', 'FROM a\nCOPY . /app\nRUN curl -o /app/x https://example.org/x\n'],
  ['it sends what was copied', 'FROM a\nCOPY . /app\nRUN curl -d @/app/x https://example.org/x\n'],
  ['it is fetched for a script', 'FROM a\nCOPY . /app\nRUN curl https://example.org/install.sh | sh\n'],
  ['nothing of the context comes before', `FROM a AS b\nFROM a\nCOPY --from=b /x /x\n${fetch}\n`],
  ['the address is of the context', 'FROM a\nCOPY . /app\nRUN wget -i /app/urls\n'],
])('is silent where %s', (_, dockerfile) => {
  expect(linesFound(parallelStages, dockerfile)).toEqual([]);
});

test('is silent where no commit re-runs it, and for builders that do one stage after the other', () => {
  expect(linesFound(parallelStages, file, { history: {} })).toEqual([]);
  expect(linesFound(parallelStages, file, { builder: 'classic' })).toEqual([]);
});
