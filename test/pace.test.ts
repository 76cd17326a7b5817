import { describe, expect, test } from 'vitest';
import { PaceMeter } from '../src/pace.ts';
import { formatDuration } from '../src/text/duration.ts';

const megabyte = 1_000_000;

describe('the pace of a read', () => {
  test('is told once there is enough to tell it from', () => {
    const meter = new PaceMeter();
    expect(meter.note(0, 0, 100 * megabyte)).toBeNull();
    expect(meter.note(400, megabyte, 100 * megabyte)).toBeNull();
    expect(meter.note(1000, 10 * megabyte, 100 * megabyte)).toEqual({ bytesPerSecond: 10 * megabyte, secondsLeft: 9 });
  });

  test('follows a line that slows down', () => {
    const meter = new PaceMeter();
    for (let second = 0; second <= 10; second++) meter.note(second * 1000, second * 10 * megabyte, null);
    for (let second = 1; second <= 10; second++) meter.note((10 + second) * 1000, (100 + second) * megabyte, null);
    expect(meter.note(21_000, 111 * megabyte, 121 * megabyte)).toEqual({ bytesPerSecond: megabyte, secondsLeft: 10 });
  });

  test('starts anew with the next thing that is read', () => {
    const meter = new PaceMeter();
    meter.note(0, 0, null);
    meter.note(1000, 50 * megabyte, null);
    expect(meter.note(1100, 0, null)).toBeNull();
    expect(meter.note(2100, megabyte, null)).toEqual({ bytesPerSecond: megabyte, secondsLeft: null });
  });

  test('is unknown while nothing comes', () => {
    const meter = new PaceMeter();
    meter.note(0, 5, 10);
    expect(meter.note(10_000, 5, 10)).toBeNull();
  });

  test('many reports take no more room than few', () => {
    const meter = new PaceMeter();
    for (let at = 0; at < 100_000; at++) meter.note(at, at * 1000, null);
    expect(meter.note(100_000, 100_000_000, null)).toEqual({ bytesPerSecond: megabyte, secondsLeft: null });
  });
});

test.each([
  [0, '0 s'],
  [0.2, '1 s'],
  [59, '59 s'],
  [59.5, '1 min'],
  [90, '2 min'],
  [3540, '59 min'],
  [3600, '1 h'],
  [7300, '3 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
