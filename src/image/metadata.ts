import * as v from 'valibot';
import { problem, reasonOf } from '../errors.ts';

/** Manifests are at most 4 MiB by the distribution-spec; configurations with long histories get some more. */
export const metadataLimit = 16 * 1024 * 1024;

/** All the metadata of an archive together. */
export const totalMetadataLimit = 64 * 1024 * 1024;

/**
 * Parses JSON metadata of an image against its schema.
 * @param path names the document in errors, such as `image.tar: manifest.json`
 * @throws LayerscopeError `invalid-json`, naming the first field that is wrong
 */
export function parseMetadata<Schema extends v.GenericSchema>(
  bytes: Uint8Array,
  schema: Schema,
  path: string,
): v.InferOutput<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { ignoreBOM: false }).decode(bytes));
  } catch (error) {
    throw problem('invalid-json', { path, reason: `not JSON (${reasonOf(error)})` }, error);
  }
  const result = v.safeParse(schema, json, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue);
  throw problem('invalid-json', { path, reason: `${field === null ? '' : `${field}: `}${issue.message}` });
}
