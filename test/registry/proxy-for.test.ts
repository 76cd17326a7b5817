import { describe, expect, test } from 'vitest';
import { proxyFor } from '../../src/registry/proxy-for.ts';

const both = { HTTP_PROXY: 'http://plain:1', HTTPS_PROXY: 'http://secure:2' };
const proxy = (url: string, env: Record<string, string>): string | null => proxyFor(new URL(url), env)?.host ?? null;

describe('proxies', () => {
  test.each<[string, Record<string, string>, string | null]>([
    ['https://ghcr.io', both, 'secure:2'],
    ['http://ghcr.io', both, 'plain:1'],
    ['https://ghcr.io', { HTTP_PROXY: 'http://plain:1' }, null],
    ['https://ghcr.io', { https_proxy: 'secure:2' }, 'secure:2'],
    ['https://ghcr.io', { HTTPS_PROXY: '', https_proxy: 'http://lower:3' }, 'lower:3'],
    ['https://ghcr.io', { HTTPS_PROXY: 'http://ann:secret@secure:2' }, 'secure:2'],
    ['https://ghcr.io', {}, null],
    ['https://localhost', both, null],
    ['https://127.0.0.1:5000', both, null],
    ['https://127.9.9.9:5000', both, null],
    ['https://[::1]:5000', both, null],
    ['https://localhost.evil.example', both, 'secure:2'],
    ['https://128.0.0.1', both, 'secure:2'],
    ['https://ghcr.io', { ...both, NO_PROXY: '*' }, null],
    ['https://ghcr.io', { ...both, NO_PROXY: 'quay.io, ghcr.io' }, null],
    ['https://pkg.ghcr.io', { ...both, NO_PROXY: 'ghcr.io' }, null],
    ['https://pkg.ghcr.io', { ...both, no_proxy: '.ghcr.io' }, null],
    ['https://pkg.ghcr.io', { ...both, NO_PROXY: '*.ghcr.io' }, null],
    ['https://notghcr.io', { ...both, NO_PROXY: 'ghcr.io' }, 'secure:2'],
    ['https://ghcr.io', { ...both, NO_PROXY: 'GHCR.io:443' }, null],
    ['https://ghcr.io', { ...both, NO_PROXY: 'ghcr.io:5000' }, 'secure:2'],
    ['https://10.0.0.7:5000', { ...both, NO_PROXY: '10.0.0.7' }, null],
    ['https://[fd00::1]:5000', { ...both, NO_PROXY: 'fd00::1' }, null],
    ['https://10.1.2.3', { ...both, NO_PROXY: '10.0.0.0/8' }, null],
    ['https://11.1.2.3', { ...both, NO_PROXY: '10.0.0.0/8' }, 'secure:2'],
    ['https://[fd00::1]', { ...both, NO_PROXY: 'fd00::/8' }, null],
  ])('%s with %j: %s', (url, env, expected) => {
    expect(proxy(url, env)).toBe(expected);
  });

  test.each(['ftp://proxy', 'socks5://proxy:1080', 'http://', '://x', 'ann:hunter2@'])('%s is none', (value) => {
    expect(() => proxyFor(new URL('https://ghcr.io'), { HTTPS_PROXY: value })).toThrow(
      /^HTTPS_PROXY in the environment: is not the address of a proxy\.$/,
    );
  });
});
