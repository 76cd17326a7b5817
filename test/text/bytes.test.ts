import { expect, test } from 'vitest';
import { bar } from '../../src/text/bar.ts';
import { formatBytes, formatChange, formatShare } from '../../src/text/bytes.ts';

test.each([
  [0, '0 B'],
  [1, '1 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [1234, '1.2 kB'],
  [9949, '9.9 kB'],
  [99_949, '99.9 kB'],
  [99_950, '100 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [12_345_678, '12.3 MB'],
  [2 ** 31, '2.1 GB'],
  [5e12, '5.0 TB'],
  [Number.MAX_SAFE_INTEGER, '9.0 PB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [1234, '+1.2 kB'],
  [-30_000_000, '-30.0 MB'],
  [0, '0 B'],
])('a change by %d bytes is %s', (bytes, text) => {
  expect(formatChange(bytes)).toBe(text);
});

test.each([
  [null, '-'],
  [0, '0 %'],
  [0.0005, '<0.1 %'],
  [0.001, '0.1 %'],
  [0.0994, '9.9 %'],
  [0.0996, '10 %'],
  [1, '100 %'],
  [2, '200 %'],
])('a share of %s is %s', (ratio, text) => {
  expect(formatShare(ratio)).toBe(text);
});

test.each([
  [0, ''],
  [0.0001, '▏'],
  [0.5, '█████'],
  [0.55, '█████▌'],
  [1, '██████████'],
  [7, '██████████'],
])('a bar of %d in ten columns is %s', (ratio, text) => {
  expect(bar(ratio, 10)).toBe(text);
});
