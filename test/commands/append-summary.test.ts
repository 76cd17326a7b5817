import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runFake } from './fake-host.ts';
import { scratchFolder } from './scratch-folder.ts';

const folder = scratchFolder();
const demo = 'fixtures/demo.tar';

async function summarize(summary: string): Promise<{ status: number; stderr: string }> {
  return await runFake([demo, '--report', 'github'], { env: { GITHUB_STEP_SUMMARY: summary } });
}

test('the markdown goes to the page of the job, below what is there', async () => {
  const summary = join(folder, 'summary.md');
  const markdown = (await runFake([demo, '--report', 'markdown'])).stdout;
  expect(await summarize(summary)).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync(summary, 'utf8')).toBe(markdown);
  await summarize(summary);
  expect(readFileSync(summary, 'utf8')).toBe(`${markdown}\n${markdown}`);
});

test('only with the format of GitHub, and only there', async () => {
  const summary = join(folder, 'none.md');
  const env = { GITHUB_STEP_SUMMARY: summary };
  await runFake([demo, '--report', 'text'], { env });
  expect(() => readFileSync(summary)).toThrow('ENOENT');
  expect(await runFake([demo, '--report', 'github'], { env: { GITHUB_STEP_SUMMARY: '' } })).toMatchObject({
    status: 0,
  });
});

test('a summary that would be too large is left as it is: GitHub would drop all of it', async () => {
  const summary = join(folder, 'full.md');
  writeFileSync(summary, 'x'.repeat(1024 * 1024 - 10));
  expect(await summarize(summary)).toMatchObject({
    status: 0,
    stderr: 'layerscope: no room left in the summary of this step: the report is not in it\n',
  });
  expect(readFileSync(summary, 'utf8')).toHaveLength(1024 * 1024 - 10);
});

test('one that cannot be written is an error', async () => {
  const summary = join(folder, 'directory');
  mkdirSync(summary);
  const { status, stderr } = await summarize(summary);
  expect([status, stderr]).toEqual([2, expect.stringContaining(`${summary}: cannot be written`)]);
});
