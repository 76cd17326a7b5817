import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeReport } from '../../../src/commands/effects/write-report.ts';
import { jsonReport } from '../../../src/report/json.ts';
import { markdownReport } from '../../../src/report/markdown/markdown.ts';
import { createPaint } from '../../../src/report/paint.ts';
import { textReport } from '../../../src/report/text.ts';
import { reportOf } from '../../report/report-of.ts';
import { file, layer } from '../../write-layer.ts';
import { scratchFolder } from '../scratch-folder.ts';

const folder = scratchFolder();
const report = reportOf({ tar: layer({ a: file(1000) }) });

test.each([
  ['report.json', jsonReport(report)],
  ['report.md', markdownReport(report)],
  ['report.txt', textReport(report, { width: 100, paint: createPaint(false) })],
  ['a.b.json', jsonReport(report)],
])('%s is in the format of its ending', (name, content) => {
  const path = join(folder, name);
  expect(writeReport({ env: {} }, report, path)).toBe(`Wrote ${path}`);
  expect(readFileSync(path, 'utf8')).toBe(content);
});

test.each(['report', 'report.html', '.json', 'report.JSON.', 'report.constructor', ''])(
  '%j has no such ending',
  (name) => {
    const path = join(folder, 'none', name);
    expect(() => writeReport({ env: {} }, report, path)).toThrow(
      `${path}: not a name for a report; its format is told by the ending: .json, .md, .txt.`,
    );
  },
);

test('what is there stays, links and directories too', () => {
  const own = join(folder, 'taken');
  mkdirSync(join(own, 'dir.json'), { recursive: true });
  writeFileSync(join(own, 'file.md'), 'old');
  symlinkSync(join(own, 'nowhere'), join(own, 'link.txt'));
  for (const name of ['dir.json', 'file.md', 'link.txt'])
    expect(() => writeReport({ env: {} }, report, join(own, name))).toThrow(
      `${join(own, name)}: exists already and is not overwritten. Choose another name.`,
    );
  expect(readFileSync(join(own, 'file.md'), 'utf8')).toBe('old');
  expect(existsSync(join(own, 'nowhere'))).toBe(false);
  expect(readdirSync(own)).toEqual(['dir.json', 'file.md', 'link.txt']);
});

test('a directory that is not there is said', () => {
  expect(() => writeReport({ env: {} }, report, join(folder, 'no/such/report.md'))).toThrow(
    /cannot be written \(ENOENT.*\)\.$/,
  );
});
