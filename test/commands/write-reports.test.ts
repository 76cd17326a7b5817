import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runFake } from './fake-host.ts';
import { scratchFolder } from './scratch-folder.ts';

const folder = scratchFolder();
const demo = 'fixtures/demo.tar';

test.each([
  [['--report', 'text', '--json'], 'json'],
  [['--report', 'markdown', '--report', 'json'], 'json'],
  [['--report', 'github', '--report', 'sarif'], 'sarif'],
  [['--report', 'junit', '--report', 'sarif'], 'junit'],
])('%j: two on standard output that nobody could tell apart', async (options, format) => {
  expect(await runFake([demo, ...options])).toEqual({
    status: 2,
    stdout: '',
    bytes: Buffer.alloc(0),
    stderr: `layerscope: --report ${format}: what reads it takes nothing else on standard output. Give a file to all reports but one, such as --report ${format}=FILE.\n`,
  });
});

test.each(['sarif', 'junit', 'github=out.txt'])(
  '--report %s needs what --metadata-only does not read',
  async (request) => {
    const { status, stdout, stderr } = await runFake([demo, '--metadata-only', '--report', request]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      `layerscope: --report ${request}: needs what is in the layers, and --metadata-only does not read them. Leave one of the two out.\n`,
    );
  },
);

test('the same wish twice is one', async () => {
  const once = await runFake([demo, '--json']);
  expect(await runFake([demo, '--json', '--report', 'json'])).toEqual(once);
});

test('texts for people share standard output', async () => {
  const { status, stdout } = await runFake([demo, '--report', 'text', '--report', 'markdown']);
  expect(status).toBe(0);
  const alone = await Promise.all(['text', 'markdown'].map((format) => runFake([demo, '--report', format])));
  expect(stdout).toBe(alone.map((run) => run.stdout).join(''));
});

test('a text in a file does not hang on the terminal', async () => {
  const [wide, narrow] = [join(folder, 'wide.txt'), join(folder, 'narrow.txt')];
  await runFake([demo, '--no-tui', '--report', `text=${wide}`], { terminal: true, columns: 200 });
  await runFake([demo, '--no-tui', '--report', `text=${narrow}`], { terminal: true, columns: 61 });
  expect(readFileSync(wide, 'utf8')).toBe(readFileSync(narrow, 'utf8'));
});
