import { readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KeptKeys, type StepKeys } from '../../src/builds/kept-keys.ts';
import { scratchFolder } from '../commands/scratch-folder.ts';

const scratch = scratchFolder();
let folders = 0;
const newFolder = (): string => join(scratch, String(folders++));

const keys = (at: number): StepKeys => ({
  key: at.toString(16).padStart(64, '0'),
  hopefulKey: at.toString(16).padStart(64, 'f'),
});

test('keys of all builds are kept, the last used last', () => {
  const folder = newFolder();
  const kept = new KeptKeys(folder, ['buildkit', '/a']);
  expect(kept.read()).toBeNull();
  kept.add([keys(1), keys(2)]);
  kept.add([keys(1), keys(3)]);
  expect(new KeptKeys(folder, ['buildkit', '/a']).read()).toEqual([keys(2), keys(1), keys(3)]);
  expect(new KeptKeys(folder, ['buildkit', '/b']).read()).toBeNull();
});

test('those used longest ago are forgotten', () => {
  const kept = new KeptKeys(newFolder(), ['x']);
  kept.add(Array.from({ length: 10_001 }, (_, at) => keys(at)));
  const read = kept.read();
  expect(read).toHaveLength(10_000);
  expect(read?.[0]).toEqual(keys(1));
});

test('a file is nobody else’s to read, and of many the oldest goes', () => {
  const folder = newFolder();
  for (let project = 0; project < 205; project++) new KeptKeys(folder, [String(project)]).add([keys(1)]);
  const files = readdirSync(join(folder, 'builds'));
  expect(files).toHaveLength(200);
  expect(statSync(join(folder, 'builds', files[0] ?? '')).mode & 0o777).toBe(0o600);
  expect(new KeptKeys(folder, ['204']).read()).toEqual([keys(1)]);
});

test.each([
  ['nonsense', '{'],
  ['another version', '{"version":2,"keys":[]}'],
  ['no digests', '{"version":1,"keys":[["a","b"]]}'],
  [
    'too many',
    JSON.stringify({ version: 1, keys: Array.from({ length: 10_001 }, (_, at) => Object.values(keys(at))) }),
  ],
  ['too large', ' '.repeat(5 * 1024 * 1024)],
])('a file that holds %s is as if it were not there', (_what, content) => {
  const folder = newFolder();
  const kept = new KeptKeys(folder, ['x']);
  kept.add([keys(1)]);
  const [name = ''] = readdirSync(join(folder, 'builds'));
  writeFileSync(join(folder, 'builds', name), content);
  expect(kept.read()).toBeNull();
  kept.add([keys(2)]);
  expect(kept.read()).toEqual([keys(2)]);
});

test('a link in its place is not followed, and a folder that cannot be made is no failure', () => {
  const folder = newFolder();
  const kept = new KeptKeys(folder, ['x']);
  kept.add([keys(1)]);
  const [name = ''] = readdirSync(join(folder, 'builds'));
  const other = new KeptKeys(newFolder(), ['x']);
  other.add([keys(5)]);
  const linked = newFolder();
  new KeptKeys(linked, ['y']).add([keys(1)]);
  symlinkSync(join(folder, 'builds', name), join(linked, 'builds', name));
  expect(new KeptKeys(linked, ['x']).read()).toBeNull();
  writeFileSync(join(scratch, 'file'), '');
  const nowhere = new KeptKeys(join(scratch, 'file'), ['x']);
  nowhere.add([keys(1)]);
  expect(nowhere.read()).toBeNull();
});
