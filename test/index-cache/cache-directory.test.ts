import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { cacheDirectory } from '../../src/index-cache/cache-directory.ts';

test.each([
  ['linux', { XDG_CACHE_HOME: '/caches', HOME: '/home/u' }, '/caches/layerscope'],
  ['linux', { HOME: '/home/u' }, '/home/u/.cache/layerscope'],
  ['linux', { XDG_CACHE_HOME: '', HOME: '/home/u' }, '/home/u/.cache/layerscope'],
  // XDG Base Directory Specification: "If an implementation encounters a relative path … ignore it."
  ['linux', { XDG_CACHE_HOME: 'caches', HOME: '/home/u' }, '/home/u/.cache/layerscope'],
  ['linux', {}, `${homedir()}/.cache/layerscope`],
  ['freebsd', { HOME: '/home/u' }, '/home/u/.cache/layerscope'],
  ['darwin', { HOME: '/Users/u' }, '/Users/u/Library/Caches/layerscope'],
  ['darwin', { XDG_CACHE_HOME: '/caches', HOME: '/Users/u' }, '/caches/layerscope'],
  ['win32', { LOCALAPPDATA: 'C:\\Users\\u\\AppData\\Local' }, 'C:\\Users\\u\\AppData\\Local\\layerscope\\Cache'],
  ['win32', { USERPROFILE: 'C:\\Users\\u' }, 'C:\\Users\\u\\AppData\\Local\\layerscope\\Cache'],
])('%s with %j has its caches in %s', (platform, env, expected) => {
  expect(cacheDirectory(env, platform)).toBe(expected);
});
