import { expect, test } from 'vitest';
import { paxTime } from '../../../src/layer/tar/pax.ts';
import { tocTime } from '../../../src/layer/toc/toc-time.ts';

test.each([
  ['2025-01-16T20:27:12Z', '1737059232'],
  ['2001-09-09T01:46:40.123456789Z', '1000000000.123456789'],
  ['2001-09-09T03:46:40.1+02:00', '1000000000.1'],
  ['1970-01-01T00:00:00Z', '0'],
  ['1969-12-31T23:59:58.5Z', '-1.5'],
  ['0001-01-01T00:00:00Z', '-62135596800'],
  ['9999-12-31T23:59:59.999999999Z', '253402300799.999999999'],
])('%s is the time that a PAX header has as %s', (text, pax) => {
  expect(tocTime(text)).toBe(paxTime(pax));
});

test.each(['', 'now', '2025-01-16', '2025-01-16T20:27:12', '2025-13-16T20:27:12Z', '2025-01-16T25:27:12Z'])(
  '%j is no time',
  (text) => {
    expect(tocTime(text)).toBeNull();
  },
);
