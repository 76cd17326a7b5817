import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { runFake } from '../commands/fake-host.ts';
import { scratchFolder } from '../commands/scratch-folder.ts';
import { archiveOf, ociFiles } from '../sources/written-image.ts';
import { file, layer } from '../write-layer.ts';
import { schema } from './schema.ts';

const folder = scratchFolder();
const tars = [layer({ a: file('a'.repeat(5000)) }), layer({ b: file('b') }), layer({ c: file('c') })];
const hostile = 'RUN echo "\u001b[2J`|<b>"';
const files = ociFiles({
  layers: [
    { tar: tars[0]!, blob: gzipSync(tars[0]!), mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' },
    { tar: tars[1]! },
    { tar: tars[2]!, blob: gzipSync(tars[2]!), mediaType: null },
  ],
  names: ['1'],
  history: [
    { created_by: 'COPY a / # buildkit', comment: 'buildkit.dockerfile.v0' },
    { created_by: 'ENV x=1', comment: 'buildkit.dockerfile.v0', empty_layer: true },
    { created_by: hostile, comment: 'buildkit.dockerfile.v0' },
    { created_by: 'COPY c / # buildkit', comment: 'buildkit.dockerfile.v0' },
  ],
});
const image = join(folder, 'image.tar');
writeFileSync(image, archiveOf(files));
const dockerfile = join(folder, 'Dockerfile');
writeFileSync(dockerfile, 'FROM scratch\nCOPY a /\nENV x=1\nRUN something else\nCOPY c /\n');

async function outline(...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await runFake(['analyze', '--metadata-only', image, ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

test('as JSON it is a report, with null for all that the layers could tell', async () => {
  const told = JSON.parse(await outline('--json', '-d', dockerfile)) as Record<string, never>;
  schema('report.v1.json')(told);
  const full = JSON.parse((await runFake(['analyze', '--json', image, '-d', dockerfile])).stdout) as typeof told;
  expect(Object.keys(told)).toEqual(Object.keys(full));
  expect(Object.keys(told['image'] ?? {})).toEqual(Object.keys(full['image'] ?? {}));
  expect(Object.keys(told['layers']?.[0] ?? {})).toEqual(Object.keys(full['layers']?.[0] ?? {}));
  expect(told['layers']).toMatchObject([
    { compression: 'gzip', compressedBytes: gzipSync(tars[0]!).length, tarBytes: null, sizeBytes: null, added: null },
    { compression: 'none', compressedBytes: null, tarBytes: tars[1]!.length },
    // No media type says how it is stored.
    { compression: null, compressedBytes: null, tarBytes: null },
  ]);
  expect(told['image']).toMatchObject({ sizeBytes: null, compressedBytes: null, layerCount: 3, fileCount: null });
  const lines = (report: typeof told): unknown =>
    (report['layers'] as unknown as { instruction: { startLine: number } | null }[]).map(
      ({ instruction }) => instruction?.startLine ?? null,
    );
  expect(lines(told)).toEqual(lines(full));
  expect(told['dockerfile']).toMatchObject({ file: dockerfile, unmatchedInstructions: 1 });
});

test('as a page it has the sizes as stored, and nothing that a terminal would obey', async () => {
  const page = await outline('-d', dockerfile);
  expect(page).toContain('oci-archive · linux/amd64\n3 layers\n');
  expect(page).toMatch(/^ *1 +2\.0 kB .*RUN echo/m);
  expect(page).toMatch(/^ *2 +\d+ B +COPY a \/$/m);
  expect(page).not.toContain('\u001b');
  expect(page).toMatch(/From manifest and configuration alone; the layers were not read\.\n$/);
});

test('as markdown it is a table that no history breaks', async () => {
  const text = await outline('--report', 'markdown');
  expect(text.split('\n').slice(0, 6)).toEqual([
    '## 1',
    '',
    '3 layers · linux/amd64',
    '',
    '| layer | stored | line | step |',
    '| ---: | ---: | ---: | --- |',
  ]);
  expect(text).not.toContain('\u001b');
  const row = text.split('\n').find((line) => line.startsWith('| 1 |')) ?? '';
  expect(row.replaceAll('\\|', '').match(/\|/g)).toHaveLength(5);
});
