import { expect, test } from 'vitest';
import { remoteAdd } from '../../../src/rules/cache/remote-add.ts';
import { check, linesFound } from './check-cache-rule.ts';

test.each([
  ['https://example.org/tool.tar.gz', 'info'],
  ['https://github.com/a/b.git', 'warning'],
  ['https://github.com/a/b.git#main', 'warning'],
  ['git@github.com:a/b.git#main:docs', 'warning'],
  ['https://github.com/a/b.git?branch=main', 'warning'],
])('%s', (source, severity) => {
  const findings = check(remoteAdd, `FROM a\nADD ${source} /x\n`);
  expect(findings.map((finding) => [finding.severity, finding.location.startLine])).toEqual([[severity, 2]]);
});

test('advises what the builder takes', () => {
  const help = (builder: 'buildkit' | 'classic'): string | undefined =>
    check(remoteAdd, 'FROM a\nADD https://example.org/x /x\n', { builder })[0]?.help;
  expect(help('buildkit')).toContain('ADD --checksum=sha256:');
  expect(help('classic')).toContain('sha256sum -c');
});

test.each([
  ['a checksum', `ADD --checksum=sha256:${'a'.repeat(64)} https://example.org/x /x`],
  ['a file', 'ADD x.tar.gz /x'],
  ['a commit', 'ADD https://github.com/a/b.git#0123456789abcdef0123456789abcdef01234567 /x'],
  ['a tag', 'ADD https://github.com/a/b.git#v1.2.3 /x'],
  ['a tag and a directory', 'ADD https://github.com/a/b.git#refs/tags/one:docs /x'],
  ['what an argument chooses', 'ADD https://github.com/a/b.git#${REVISION} /x'],
  ['COPY', 'COPY https /x'],
])('is silent about %s', (_, line) => {
  expect(linesFound(remoteAdd, `FROM a\n${line}\n`)).toEqual([]);
});
