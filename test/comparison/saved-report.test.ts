import { describe, expect, test } from 'vitest';
import { readSavedReport } from '../../src/comparison/saved-report.ts';
import { jsonReport } from '../../src/report/json.ts';
import { reportOf } from '../report/report-of.ts';
import { file, layer } from '../write-layer.ts';

const report = reportOf(
  { tar: layer({ a: file(10) }), createdBy: 'RUN make # buildkit' },
  { tar: layer({ b: file(5) }), createdBy: 'COPY b / # buildkit' },
);

/** The report with some of its values replaced, by dotted path. */
function changed(values: Readonly<Record<string, unknown>>): string {
  const copy = JSON.parse(jsonReport(report)) as Record<string, unknown>;
  for (const [path, value] of Object.entries(values)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let at = copy;
    for (const key of keys) at = at[key] as Record<string, unknown>;
    if (value === undefined) delete at[last];
    else at[last] = value;
  }
  return JSON.stringify(copy);
}

describe('a saved report', () => {
  test('gives what the report had, and nothing else', () => {
    const facts = readSavedReport(jsonReport(report), 'old.json');
    const { image, layers, waste, compat } = report;
    expect(Object.keys(facts)).toEqual(['image', 'layers', 'waste', 'compat', 'budgets']);
    expect(image).toMatchObject(facts.image);
    expect(layers).toMatchObject(facts.layers);
    expect(waste).toMatchObject(facts.waste);
    expect(compat).toMatchObject(facts.compat);
    expect(facts.budgets).toBeNull();
  });

  test.each([
    ['nothing', '', /old\.json: no report to compare with: it is not JSON/],
    ['half of one', jsonReport(report).slice(0, 500), /it is not JSON/],
    ['another JSON', '{"schemaVersion":1,"steps":[]}', /it is JSON of another kind/],
    ['a list', '[]', /it is JSON of another kind/],
    ['null', 'null', /it is JSON of another kind/],
    [
      'a later version',
      changed({ schemaVersion: 2 }),
      /it has schemaVersion 2, and this version of layerscope reads 1/,
    ],
    ['an outline', changed({ 'image.sizeBytes': null, waste: null }), /it was made with --metadata-only/],
    [
      'a size below 0',
      changed({ 'layers.0.sizeBytes': -1 }),
      /layers\.0\.sizeBytes: expected a whole number, not negative/,
    ],
    ['half a byte', changed({ 'image.fileCount': 0.5 }), /image\.fileCount: expected a whole number/],
    ['a size as a text', changed({ 'image.sizeBytes': '15' }), /image\.sizeBytes: expected a whole number/],
    [
      'infinitely much',
      jsonReport(report).replace('"sizeBytes": 15', '"sizeBytes": 1e999'),
      /image\.sizeBytes: expected/,
    ],
    ['more than numbers hold', changed({ 'image.sizeBytes': 2 ** 60 }), /image\.sizeBytes: expected a whole number/],
    ['a key that is missing', changed({ 'layers.1.fileCount': undefined }), /layers\.1\.fileCount: it is missing/],
    ['layers in another order', changed({ 'layers.0.index': 1 }), /the layers are not numbered from 0/],
    ['too few layers', changed({ 'image.layerCount': 3 }), /not as many layers as layerCount says/],
    ['sums that are wrong', changed({ 'image.sizeBytes': 16 }), /do not add up to image\.sizeBytes/],
    [
      'too many layers',
      changed({ layers: Array.from({ length: 1001 }, () => report.layers[0]) }),
      /at most 1000 layers/,
    ],
  ])('%s is refused', (_, text, message) => {
    expect(() => readSavedReport(text, 'old.json')).toThrow(message);
  });
});
