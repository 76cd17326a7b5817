import { expect, test } from 'vitest';
import { linkLost } from '../../../src/rules/cache/link-lost.ts';
import { check, linesFound } from './check-cache-rule.ts';

test('--link is of no effect beside --chmod', () => {
  const [finding] = check(linkLost, 'FROM a\nRUN make\nCOPY --link --chmod=755 run.sh /bin/\n');
  expect(finding).toMatchObject({ severity: 'warning', location: { startLine: 3, endLine: 3 } });
  expect(finding?.message).toContain('with --chmod the link is dropped');
  expect(finding?.fix).toBe('COPY --link run.sh /bin/');
});

test.each(['--link=true --chmod=0644', '--chmod=0644 --link=TRUE --chown=1', '--from=b --link --chmod=0644'])(
  'also as %s',
  (flags) => {
    expect(linesFound(linkLost, `FROM a AS b\nFROM a\nCOPY ${flags} a b\n`)).toEqual([3]);
  },
);

test.each(['--link', '--link --chown=1:1', '--chmod=755', '--link=false --chmod=755'])(
  'is silent about %s',
  (flags) => {
    expect(linesFound(linkLost, `FROM a\nCOPY ${flags} a b\n`)).toEqual([]);
  },
);

test.each(['classic', 'buildah', 'kaniko'] as const)('is silent for %s, which knows no links', (builder) => {
  expect(linesFound(linkLost, 'FROM a\nCOPY --link --chmod=755 a b\n', { builder })).toEqual([]);
});
