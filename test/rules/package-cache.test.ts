import { expect, test } from 'vitest';
import { packageCache } from '../../src/rules/package-cache.ts';
import { packageCacheOf } from '../../src/rules/package-caches.ts';
import { file, whiteout } from '../write-layer.ts';
import { check } from './check-rule.ts';

test.each([
  ['/var/lib/apt/lists/', 'apt'],
  ['/var/cache/apt/archives/partial/', 'apt'],
  ['/var/cache/apk/', 'apk'],
  ['/etc/apk/cache/', 'apk'],
  ['/var/cache/dnf/x/', 'dnf'],
  ['/var/cache/libdnf5/x/', 'dnf'],
  ['/root/.cache/pip/http/a/', 'pip'],
  ['/home/app/.cache/uv/wheels/', 'pip'],
  ['/root/.npm/_cacache/content-v2/', 'npm'],
  ['/usr/local/share/.cache/yarn/v6/', 'yarn'],
  ['/root/.local/share/pnpm/store/v3/', 'pnpm'],
  ['/root/.cache/go-build/00/', 'go'],
  ['/go/pkg/mod/cache/download/', 'go'],
  ['/usr/local/cargo/registry/src/', 'cargo'],
  ['/root/.cargo/git/db/', 'cargo'],
  ['/root/.m2/repository/org/', 'maven'],
  ['/home/gradle/.gradle/caches/9/', 'maven'],
  ['/usr/local/bundle/cache/', 'gem'],
  ['/usr/lib/ruby/gems/3.3.0/cache/', 'gem'],
  ['/root/.composer/cache/files/', 'composer'],
  ['/opt/conda/pkgs/x/', 'conda'],
  ['/root/miniconda3/pkgs/x/', 'conda'],
  ['/root/miniforge3/pkgs/x/', 'conda'],
])('knows %s as the cache of %s', (dir, manager) => {
  expect(packageCacheOf(dir)?.manager).toBe(manager);
});

test.each([
  '/var/lib/apt/',
  '/srv/var/lib/apt/lists/',
  '/app/pip/',
  '/app/npm/_cacache/',
  '/opt/my-conda-docs/pkgs/',
  '/usr/share/cargo/',
])('takes %s for no cache', (dir) => {
  expect(packageCacheOf(dir)).toBeNull();
});

test('counts a cache by manager, and says what a later step deletes in vain', () => {
  const findings = check(
    packageCache,
    {
      run: 'RUN apt-get update',
      holds: { 'var/lib/apt/lists/a': file(5000), 'var/lib/apt/lists/b': file(3000), 'root/.cache/pip/x': file(4096) },
    },
    { run: 'RUN rm', holds: { 'var/lib/apt/lists/.wh.a': whiteout } },
  );
  expect(findings.map(({ bytes, path, layer }) => ({ bytes, path, layer }))).toEqual([
    { bytes: 8000, path: '/var/lib/apt/lists', layer: 0 },
    { bytes: 4096, path: '/root/.cache/pip/x', layer: 0 },
  ]);
  expect(findings[0]?.message).toBe(
    'step 0 leaves 8.0 kB of apt cache in 2 files. A later step deletes or replaces 5.0 kB of it, which saves nothing.',
  );
});

test('leaves a few bytes, and the base image, alone', () => {
  const lists = { 'var/lib/apt/lists/a': file(4095) };
  expect(check(packageCache, { run: 'RUN a', holds: lists })).toEqual([]);
  const base = { 'var/lib/apt/lists/a': file(9000) };
  expect(check(packageCache, { run: 'ADD base', holds: base, origin: 'base' })).toEqual([]);
});
