import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Digest } from '../../src/image/digest.ts';
import { openIndexCache } from '../../src/index-cache/index-cache.ts';
import { temporaryFolder } from '../scan-layer.ts';
import { digestOf, expectSame, smallLayer } from './scanned.ts';

const hour = 3600 * 1000;
/** A user who owns nothing. */
const nobody = 65_534;
const [a, b, c, d] = [digestOf('a'), digestOf('b'), digestOf('c'), digestOf('d')];

const fileOf = (dir: string, blob: Digest): string => join(dir, `${blob.replace(':', '-')}.v1.index`);
const modeOf = (path: string): number => statSync(path).mode & 0o777;

/** As if it had been used that many hours ago. */
function age(file: string, hours: number): void {
  const time = (Date.now() - hours * hour) / 1000;
  utimesSync(file, time, time);
}

describe('an index cache', () => {
  test('gives back what was put in, to every cache on the directory', () => {
    const dir = join(temporaryFolder(), 'not', 'there', 'yet');
    const cache = openIndexCache(dir);
    expect(cache.get(a)).toBeNull();
    expect(existsSync(dir)).toBe(false);
    cache.put(a, smallLayer());
    expectSame(cache.get(a), smallLayer());
    expectSame(openIndexCache(dir).get(a), smallLayer());
    expect(cache.get(b)).toBeNull();
  });

  test('is for its owner alone, and has whole files only', () => {
    const dir = join(temporaryFolder(), 'cache');
    openIndexCache(dir).put(a, smallLayer());
    expect(readdirSync(dir)).toEqual([`sha256-${'a'.repeat(64)}.v1.index`]);
    expect(modeOf(dir)).toBe(0o700);
    expect(modeOf(fileOf(dir, a))).toBe(0o600);
  });

  test('removes what is damaged, and takes it again', () => {
    const dir = temporaryFolder();
    const cache = openIndexCache(dir);
    const damage: ((file: string) => void)[] = [
      (file) => truncateSync(file, 100),
      (file) => truncateSync(file, 0),
      (file) => writeFileSync(file, 'no index'),
      (file) => writeFileSync(file, readFileSync(file).fill(0, 200, 201)),
      (file) => renameSync(fileOf(dir, b), file),
      (file) => {
        renameSync(file, join(dir, 'elsewhere'));
        symlinkSync(join(dir, 'elsewhere'), file);
      },
      (file) => {
        renameSync(file, join(dir, 'behind'));
        execFileSync('mkfifo', [file]);
      },
    ];
    for (const act of damage) {
      cache.put(a, smallLayer());
      cache.put(b, smallLayer());
      act(fileOf(dir, a));
      expect(cache.get(a)).toBeNull();
      expect(existsSync(fileOf(dir, a))).toBe(false);
    }
    cache.put(a, smallLayer());
    expectSame(cache.get(a), smallLayer());
  });

  test('does not mind a directory in the place of a file', () => {
    const dir = temporaryFolder();
    mkdirSync(fileOf(dir, a));
    const cache = openIndexCache(dir);
    cache.put(a, smallLayer());
    expect(cache.get(a)).toBeNull();
    expect(readdirSync(dir)).toHaveLength(1);
  });

  test('does not write through a link in the place of a file', () => {
    const dir = temporaryFolder();
    const other = join(dir, 'precious');
    writeFileSync(other, 'precious');
    symlinkSync(other, fileOf(dir, a));
    const cache = openIndexCache(dir);
    cache.put(a, smallLayer());
    expect(readFileSync(other, 'utf8')).toBe('precious');
    expect(lstatSync(fileOf(dir, a)).isFile()).toBe(true);
    expectSame(cache.get(a), smallLayer());
  });
});

describe('a full cache', () => {
  /** Files count as 64 KiB at least, and one that is full is emptied to nine tenths. */
  const limit = 4 * 64 * 1024;

  test('loses what was not used for longest, and nothing else', () => {
    const dir = temporaryFolder();
    for (const blob of [a, b, c]) openIndexCache(dir, limit).put(blob, smallLayer());
    for (const other of ['sha256-a.index', 'readme', `${'a'.repeat(64)}.v1.index`])
      writeFileSync(join(dir, other), Buffer.alloc(limit));
    age(fileOf(dir, a), 5);
    age(fileOf(dir, b), 7);
    age(fileOf(dir, c), 6);
    // Reading is using.
    expect(openIndexCache(dir, limit).get(b)).not.toBeNull();
    openIndexCache(dir, limit).put(d, smallLayer());
    expect([a, b, c, d].map((blob) => existsSync(fileOf(dir, blob)))).toEqual([true, true, true, true]);
    openIndexCache(dir, limit).put(digestOf('e'), smallLayer());
    expect([a, b, c, d].map((blob) => existsSync(fileOf(dir, blob)))).toEqual([false, true, false, true]);
    expect(readdirSync(dir)).toHaveLength(6);
  });

  test('stays within its limit however much one run puts in', () => {
    const dir = temporaryFolder();
    const cache = openIndexCache(dir, limit);
    for (let number = 0; number < 50; number++) {
      cache.put(`sha256:${number.toString(16).padStart(64, '0')}`, smallLayer());
      expect(readdirSync(dir).length).toBeLessThanOrEqual(4);
    }
    expect(cache.get(`sha256:${(49).toString(16).padStart(64, '0')}`)).not.toBeNull();
  });

  test('takes larger files by their size, and none that is larger than all of it', () => {
    const dir = temporaryFolder();
    const large = { ...smallLayer(), kept: new Map([[1, new Uint8Array(150_000)]]) };
    const cache = openIndexCache(dir, limit);
    cache.put(a, large);
    age(fileOf(dir, a), 2);
    cache.put(b, large);
    expect([a, b].map((blob) => existsSync(fileOf(dir, blob)))).toEqual([false, true]);
    cache.put(c, { ...smallLayer(), kept: new Map([[1, new Uint8Array(limit)]]) });
    expect([b, c].map((blob) => existsSync(fileOf(dir, blob)))).toEqual([true, false]);
  });

  test('loses files of other versions, too, and those that dead writers left', () => {
    const dir = temporaryFolder();
    const old = join(dir, `sha256-${'a'.repeat(64)}.v0.index`);
    const dead = `${fileOf(dir, a)}.0123456789abcdef.partial`;
    const alive = `${fileOf(dir, a)}.fedcba9876543210.partial`;
    for (const file of [old, dead, alive]) writeFileSync(file, Buffer.alloc(1000));
    age(old, 24);
    age(dead, 2);
    openIndexCache(dir, limit).put(a, smallLayer());
    expect([old, dead, alive].map(existsSync)).toEqual([true, false, true]);
    const cache = openIndexCache(dir, limit);
    for (const blob of [b, c, d]) cache.put(blob, smallLayer());
    expect([old, fileOf(dir, d)].map(existsSync)).toEqual([false, true]);
  });

  test('notes a use once an hour', () => {
    const dir = temporaryFolder();
    const cache = openIndexCache(dir);
    cache.put(a, smallLayer());
    const timeOf = (): number => statSync(fileOf(dir, a)).mtimeMs;
    age(fileOf(dir, a), 0.5);
    const before = timeOf();
    cache.get(a);
    expect(timeOf()).toBe(before);
    age(fileOf(dir, a), 2);
    cache.get(a);
    expect(Date.now() - timeOf()).toBeLessThan(hour);
  });
});

describe('a cache that cannot be written', () => {
  test('is no failure where a file stands in its place', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    for (const dir of [file, join(file, 'below')]) {
      const cache = openIndexCache(dir);
      cache.put(a, smallLayer());
      expect(cache.get(a)).toBeNull();
    }
  });

  test('is still read where it is read-only', () => {
    const dir = temporaryFolder();
    openIndexCache(dir).put(a, smallLayer());
    age(fileOf(dir, a), 2);
    chmodSync(dir, 0o500);
    onTestFinished(() => chmodSync(dir, 0o700));
    if (process.getuid?.() === 0) {
      // Permissions do not bind root, so it is somebody else's, who asks.
      for (const path of [fileOf(dir, a), dir]) chownSync(path, nobody, nobody);
      process.seteuid?.(nobody);
      onTestFinished(() => process.seteuid?.(0));
    }
    const cache = openIndexCache(dir);
    cache.put(b, smallLayer());
    expectSame(cache.get(a), smallLayer());
    expect(cache.get(b)).toBeNull();
  });

  const root = process.getuid?.() === 0 && process.platform === 'linux' && canMount();

  test.skipIf(!root)('is still read on a disk mounted read-only (skipped where mounting is not allowed)', () => {
    const dir = smallDisk('1m');
    openIndexCache(dir).put(a, smallLayer());
    age(fileOf(dir, a), 2);
    execFileSync('mount', ['-o', 'remount,ro', dir]);
    const cache = openIndexCache(dir);
    cache.put(b, smallLayer());
    expectSame(cache.get(a), smallLayer());
    expect(cache.get(b)).toBeNull();
  });

  test.skipIf(!root)('leaves nothing behind on a full disk (skipped where mounting is not allowed)', () => {
    const dir = smallDisk('64k');
    const cache = openIndexCache(dir);
    cache.put(a, smallLayer());
    cache.put(b, { ...smallLayer(), kept: new Map([[1, new Uint8Array(100_000)]]) });
    expect(readdirSync(dir)).toHaveLength(1);
    expectSame(cache.get(a), smallLayer());
    expect(cache.get(b)).toBeNull();
  });

  function smallDisk(size: string): string {
    const dir = temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'layerscope-test', dir]);
    onTestFinished(() => void execFileSync('umount', [dir]));
    return dir;
  }

  function canMount(): boolean {
    const dir = mkdtempSync(join(tmpdir(), 'layerscope-test-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', 'layerscope-test', dir], { stdio: 'ignore' });
      execFileSync('umount', [dir]);
      return true;
    } catch {
      return false;
    } finally {
      rmdirSync(dir);
    }
  }
});
