import { expect, test } from 'vitest';
import { duplicateContent } from '../../src/rules/duplicate-content.ts';
import { file, hardLink } from '../write-layer.ts';
import { check } from './check-rule.ts';

test('adds up what two steps both store', () => {
  const big = file('a'.repeat(70_000));
  const other = file('b'.repeat(10_000));
  const findings = check(
    duplicateContent,
    { run: 'COPY a /a', holds: { 'a/1': big, 'a/2': other } },
    { run: 'COPY a /b', holds: { 'b/1': big, 'b/2': other } },
  );
  expect(findings.map(({ bytes, layer, severity }) => ({ bytes, layer, severity }))).toEqual([
    { bytes: 80_000, layer: 1, severity: 'info' },
  ]);
  expect(findings[0]?.message).toBe(
    'step 0 and step 1 store the same content more than once: 80 kB too many, /a/1 and /b/1 first.'.replace(
      '80 kB',
      '80.0 kB',
    ),
  );
});

test('leaves hard links, small files and the base image alone', () => {
  const big = file(70_000);
  expect(check(duplicateContent, { run: 'RUN a', holds: { a: big, b: hardLink('a') } })).toEqual([]);
  expect(check(duplicateContent, { run: 'RUN a', holds: { a: file(60_000), b: file(60_000) } })).toEqual([]);
  expect(check(duplicateContent, { run: 'ADD base', holds: { a: big, b: big }, origin: 'base' })).toEqual([]);
});
