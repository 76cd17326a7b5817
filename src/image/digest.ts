import * as v from 'valibot';

/** `algorithm:hex`, as in OCI image-spec descriptor.md; the registered algorithms are sha256 and sha512. */
export type Digest = `${'sha256' | 'sha512'}:${string}`;

const pattern = /^(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/;

export function isDigest(text: string): text is Digest {
  return pattern.test(text);
}

/** Parses a digest; anything else, path separators included, is refused, so it is safe in a file name. */
export const digestSchema = v.custom<Digest>(
  (input) => typeof input === 'string' && isDigest(input),
  'expected a digest such as sha256:…',
);
