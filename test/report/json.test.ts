import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonReport } from '../../src/report/json.ts';
import type { Report } from '../../src/report/report.ts';
import { sharedImage } from '../shared-images.ts';
import { runCli } from '../run-cli.ts';
import { dir, file, hardLink, type Item, layer, otherFile, symlink, whiteout } from '../write-layer.ts';
import { reportOf } from './report-of.ts';
import { schema } from './schema.ts';

const expectReport = schema('report.v1.json');
const expectListing = schema('ls.v1.json');

const demo = fileURLToPath(new URL('../../fixtures/demo.tar', import.meta.url));
const shared = [
  'dive/test-docker-image.tar',
  'dive/test-oci-estargz-image.tar',
  'buildkit/buildkit-provenance-max.oci.tar',
  'buildkit/buildkit-provenance-v1.oci.tar',
  'buildkit/buildkit-zstd.docker.tar',
  'buildah/buildah-zstd-chunked.oci.tar',
];
const images = [demo, ...shared.map(sharedImage).filter((path) => path !== null)];

describe.each(images)('%s', (image) => {
  test('has a report that the schema describes, the same bytes each time', async () => {
    const { status, stdout, stderr } = await runCli('analyze', image, '--json', '--platform', await platformOf(image));
    expect([status, stderr]).toEqual([0, '']);
    const report = JSON.parse(stdout) as Report;
    expectReport(report);
    expectSums(report);
    const again = await runCli('analyze', image, '--json', '--platform', await platformOf(image));
    expect(again.stdout).toBe(stdout);
  });

  test('has a listing that the schema describes', async () => {
    const platform = ['--platform', await platformOf(image)];
    for (const options of [['-R'], [], ['-R', '--layer', '0']]) {
      const { status, stdout } = await runCli('ls', image, ...options, '--json', ...platform);
      expect(status).toBe(0);
      const listed = JSON.parse(stdout) as { path: string }[];
      expectListing(listed);
      expect(listed.map(({ path }) => path)).toEqual(listed.map(({ path }) => path).toSorted());
    }
  });
});

/** The one image for another architecture has to be asked for. */
async function platformOf(image: string): Promise<string> {
  const { status } = await runCli('ls', image, '--platform', 'linux/amd64');
  return status === 0 ? 'linux/amd64' : 'linux/arm64';
}

function expectSums({ image, layers, waste, duplicates }: Report): void {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
  expect(sum(layers.map(({ sizeBytes }) => sizeBytes))).toBe(image.sizeBytes);
  expect(sum(layers.map(({ wastedBytes }) => wastedBytes))).toBe(waste.bytes);
  expect(sum(Object.values(waste.byCause))).toBe(waste.bytes);
  expect(sum(waste.files.map(({ bytes }) => bytes))).toBe(waste.bytes);
  expect(sum(layers.map(({ fileCount }) => fileCount))).toBe(image.fileCount);
  expect(sum(duplicates.groups.map(({ bytes }) => bytes))).toBe(duplicates.bytes);
  expect(waste.percent).toBeCloseTo(image.sizeBytes === 0 ? 0 : (waste.bytes / image.sizeBytes) * 100, 10);
}

test('dive’s own test image has dive’s known answers', async ({ skip }) => {
  const image = sharedImage('dive/test-docker-image.tar');
  if (image === null) return skip();
  const report = JSON.parse((await runCli('analyze', image, '--json')).stdout) as Report;
  expect(report.compat.dive).toEqual({
    efficiencyScore: 0.9844212134184309,
    wastedBytes: 32025,
    userWastedPercent: 0.4834911001404049,
    sizeBytes: 1220598,
    userSizeBytes: 66237,
  });
  expect(report.layers.map(({ sizeBytes }) => sizeBytes)).toEqual([
    1154361, 6405, 0, 6405, 6405, 6405, 6405, 6405, 6405, 0, 2187, 6405, 6405, 6405,
  ]);
});

describe('a report', () => {
  const steps = [
    { tar: layer({ a: file(5000), b: file(5000), d: dir(), 'd/x': file(10) }), createdBy: 'COPY . / # buildkit' },
    { tar: layer({ 'd/.wh.x': whiteout, c: otherFile(5000), l: hardLink('a') }) },
  ];

  test('has its keys in the order of the contract', () => {
    const report = JSON.parse(jsonReport(reportOf(...steps))) as Record<string, never>;
    const keys = (value: unknown): string => Object.keys(value as object).join(' ');
    expect(keys(report)).toBe(
      'schemaVersion tool image layers waste duplicates compat dockerfile checkedRules findings cache budgets comparison warnings',
    );
    expect(keys(report['image'])).toBe(
      'reference source names manifestDigest configDigest mediaType platform platforms created sizeBytes baseBytes ownBytes compressedBytes layerCount fileCount config',
    );
    expect(keys(report['image']?.['config'])).toBe('env entrypoint cmd user workingDir labels exposedPorts');
    expect(keys(report['layers']?.[0])).toBe(
      'index diffId digest mediaType compression compressedBytes tarBytes sizeBytes entryCount fileCount added modified metadataOnly identical removed wastedBytes origin history instruction',
    );
    expect(keys(report['waste'])).toBe('bytes percent byCause own base ignored files');
    expect(keys(report['waste']?.['byCause'])).toBe('overwritten deleted metadataOnly identical');
    expect(keys(report['waste']?.['files']?.[0])).toBe('path bytes cause copies wastedByLayer');
    expect(keys(report['duplicates']?.['groups']?.[0])).toBe('bytes fileBytes count digest paths');
    expect(keys(report['compat']?.['dive'])).toBe(
      'efficiencyScore wastedBytes userWastedPercent sizeBytes userSizeBytes',
    );
  });

  test('tells of each layer how many files of the final filesystem stand in it', () => {
    expect(reportOf(...steps).layers.map(({ fileCount }) => fileCount)).toEqual([2, 2]);
  });

  test('ends with a newline and is indented', () => {
    const text = jsonReport(reportOf(...steps));
    expect(text.startsWith('{\n  "schemaVersion": 1,\n')).toBe(true);
    expect(text.endsWith('\n}\n')).toBe(true);
  });

  test('of no layers, and of empty ones, has zeros and no NaN', () => {
    for (const report of [reportOf(), reportOf({ tar: layer({}) })]) {
      expectReport(JSON.parse(jsonReport(report)));
      expect(report.waste.percent).toBe(0);
      expect(report.compat.dive).toMatchObject({ efficiencyScore: 1, userWastedPercent: null });
    }
  });

  test('has the bytes of names that are not UTF-8 beside them', () => {
    const latin1 = writtenInLatin1();
    const report = reportOf(latin1, { tar: layer({ '.wh..wh..opq': whiteout }) });
    expectReport(JSON.parse(jsonReport(report)));
    expect(report.waste.files).toMatchObject([
      { path: '/caf\ufffd', pathBase64: Buffer.from('/caf\xe9', 'latin1').toString('base64') },
      { path: '/fine' },
    ]);
    expect(report.waste.files[1]).not.toHaveProperty('pathBase64');
    const { duplicates } = reportOf(latin1);
    expect(duplicates.groups).toMatchObject([
      { paths: ['/caf\ufffd', '/fine'], pathsBase64: [Buffer.from('/caf\xe9', 'latin1').toString('base64'), null] },
    ]);
  });

  test('keeps names as they are: a script gets the bytes, not what a terminal may see', () => {
    const report = reportOf({ tar: layer({ 'a\u001b[31m\n': file(3) }) }, { tar: layer({ '.wh..wh..opq': whiteout }) });
    expect(report.waste.files[0]?.path).toBe('/a\u001b[31m\n');
  });
});

/** Two files of one content, one of whose names is in Latin-1. */
function writtenInLatin1(): { tar: Buffer } {
  const tar = layer({ caf_: file(5000), fine: file(5000) });
  tar[3] = 0xe9;
  const checksum = parseInt(tar.toString('latin1', 148, 154), 8) - 0x5f + 0xe9;
  tar.write(checksum.toString(8).padStart(6, '0'), 148, 'latin1');
  return { tar };
}

test('reports of any layers hold to the schema and add up', () => {
  const part = fc.constantFrom('a', 'b', 'é', '\u202e', '.wh.a', '.wh.b', '.wh..wh..opq');
  const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  const item: fc.Arbitrary<Item> = fc.oneof(
    fc.constantFrom(file(5000), otherFile(5000), file(3), file(0), dir(), file(3, { mode: 0o600 })),
    path.map(symlink),
    path.map(hardLink),
  );
  const steps = fc.array(
    fc.record({ entries: fc.array(fc.tuple(path, item), { maxLength: 8 }), createdBy: fc.string() }),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(steps, (built) => {
      const report = reportOf(...built.map(({ entries, createdBy }) => ({ tar: layer(entries), createdBy })));
      const text = jsonReport(report);
      expectReport(JSON.parse(text));
      expectSums(report);
      expect(jsonReport(reportOf(...built.map(({ entries, createdBy }) => ({ tar: layer(entries), createdBy }))))).toBe(
        text,
      );
    }),
    { numRuns: 150 },
  );
});
