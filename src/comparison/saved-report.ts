import * as v from 'valibot';
import { problem, reasonOf } from '../errors.ts';
import type { ImageFacts } from './image-facts.ts';

/** More than a report of an image with a million files has, in bytes; a string holds no more than twice as much. */
export const savedReportLimit = 256 * 1024 * 1024;

/** As many as an image may have (src/sources). */
const layerLimit = 1000;
const resultLimit = 10_000;

const whole = 'expected a whole number, not negative';
const bytes = v.pipe(v.number(whole), v.safeInteger(whole), v.minValue(0, whole));
const number = v.pipe(v.number(), v.finite());
const text = v.string();

const layer = v.object({
  index: bytes,
  diffId: v.nullable(text),
  digest: v.nullable(text),
  compressedBytes: v.nullable(bytes),
  tarBytes: v.nullable(bytes),
  sizeBytes: bytes,
  wastedBytes: bytes,
  fileCount: bytes,
  origin: v.picklist(['base', 'own', 'unknown']),
  history: v.nullable(v.object({ createdBy: text, created: v.nullable(text), comment: text, author: text })),
  instruction: v.nullable(v.object({ file: text, startLine: bytes, endLine: bytes, stage: text, keyword: text, text })),
});

/** The part of docs/schema/report.v1.json that an image is compared and measured by. */
const facts = v.pipe(
  v.object({
    image: v.object({
      reference: text,
      manifestDigest: v.nullable(text),
      configDigest: text,
      sizeBytes: bytes,
      baseBytes: v.nullable(bytes),
      ownBytes: v.nullable(bytes),
      compressedBytes: v.nullable(bytes),
      layerCount: bytes,
      fileCount: bytes,
    }),
    layers: v.pipe(v.array(layer), v.maxLength(layerLimit, `expected at most ${layerLimit} layers`)),
    waste: v.object({
      bytes,
      own: v.object({ bytes: v.nullable(bytes) }),
      base: v.object({ bytes: v.nullable(bytes) }),
    }),
    compat: v.object({
      dive: v.object({
        efficiencyScore: number,
        wastedBytes: bytes,
        userWastedPercent: v.nullable(number),
        userSizeBytes: bytes,
      }),
    }),
    budgets: v.nullable(
      v.object({
        results: v.pipe(
          v.array(
            v.object({
              metric: text,
              scope: text,
              stage: v.nullable(text),
              path: v.nullable(text),
              value: v.nullable(number),
            }),
          ),
          v.maxLength(resultLimit, `expected at most ${resultLimit} results`),
        ),
      }),
    ),
  }),
  v.check(({ layers }) => layers.every(({ index }, at) => index === at), 'the layers are not numbered from 0'),
  v.check(({ image, layers }) => layers.length === image.layerCount, 'there are not as many layers as layerCount says'),
  v.check(
    ({ image, layers }) => layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) === image.sizeBytes,
    'the sizes of the layers do not add up to image.sizeBytes',
  ),
);

/**
 * Reads a JSON report that `layerscope analyze` or `layerscope ci` wrote.
 * @param path names it in errors
 * @throws LayerscopeError `invalid-report`
 */
export function readSavedReport(json: string, path: string): ImageFacts {
  const refused = (reason: string, cause?: unknown): Error => problem('invalid-report', { path, reason }, cause);
  if (json.length > savedReportLimit) throw refused(`it has more than ${savedReportLimit} characters`);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw refused(`it is not JSON (${reasonOf(error)})`, error);
  }
  const head = v.safeParse(
    v.object({ schemaVersion: v.number(), image: v.object({}), layers: v.array(v.unknown()) }),
    value,
  );
  if (!head.success) throw refused('it is JSON of another kind');
  if (head.output.schemaVersion !== 1)
    throw refused(`it has schemaVersion ${head.output.schemaVersion}, and this version of layerscope reads 1`);
  if (isOutline(value)) throw refused('it was made with --metadata-only, so it has no sizes');
  const result = v.safeParse(facts, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue);
  const what = issue.received === 'undefined' ? 'it is missing' : issue.message;
  throw refused(`${field === null ? '' : `${field}: `}${what}`);
}

function isOutline(value: unknown): boolean {
  return v.is(v.object({ image: v.object({ sizeBytes: v.null() }), waste: v.null() }), value);
}
