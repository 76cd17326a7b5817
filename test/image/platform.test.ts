import { describe, expect, test } from 'vitest';
import { formatPlatform, hostPlatform, parsePlatform, satisfies } from '../../src/image/platform.ts';

describe('parsePlatform', () => {
  test.each([
    ['linux/amd64', 'linux/amd64'],
    ['linux/x86_64', 'linux/amd64'],
    ['Linux/AARCH64', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/amd64/v3', 'linux/amd64/v3'],
    ['linux/arm/v7', 'linux/arm/v7'],
    ['linux/i386', 'linux/386'],
    ['windows/amd64', 'windows/amd64'],
  ])('%s is %s', (text, platform) => {
    expect(formatPlatform(parsePlatform(text))).toBe(platform);
  });

  test.each(['linux', '', '/', 'linux/', '/amd64', 'linux/arm/v7/x'])('refuses %j', (text) => {
    expect(() => parsePlatform(text)).toThrow(expect.objectContaining({ code: 'invalid-platform' }));
  });
});

test.each([
  ['linux', 'x64', 'linux/amd64'],
  ['darwin', 'arm64', 'linux/arm64'],
  ['win32', 'x64', 'windows/amd64'],
  ['linux', 'arm', 'linux/arm/v7'],
  ['linux', 'ia32', 'linux/386'],
  ['linux', 's390x', 'linux/s390x'],
])('a host with %s on %s looks for %s', (platform, arch, expected) => {
  expect(formatPlatform(hostPlatform({ platform, arch }))).toBe(expected);
});

test.each([
  ['linux/arm/v7', 'linux/arm', true],
  ['linux/arm/v7', 'linux/arm/v7', true],
  ['linux/arm/v6', 'linux/arm/v7', false],
  ['linux/arm', 'linux/arm/v7', false],
  ['linux/arm64/v8', 'linux/arm64', true],
  ['linux/amd64', 'windows/amd64', false],
])('%s satisfies a wish for %s: %s', (offered, wanted, result) => {
  expect(satisfies(parsePlatform(offered), parsePlatform(wanted))).toBe(result);
});

test('an unknown platform says so', () => {
  expect(formatPlatform({ os: '', architecture: '', variant: null })).toBe('unknown/unknown');
});
