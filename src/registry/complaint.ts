import * as v from 'valibot';

const text = v.nullish(v.string(), '');

/** Registries (distribution-spec, "Error Codes"), token servers (OAuth 2.0, 5.2), and those who have their own ways. */
const schema = v.object({
  errors: v.fallback(v.nullish(v.array(v.object({ code: text, message: text })), []), []),
  error: v.fallback(text, ''),
  error_description: v.fallback(text, ''),
  message: v.fallback(text, ''),
  details: v.fallback(text, ''),
});

/** Longer sentences are cut: they come from outside. */
const longest = 200;

/**
 * What an answer says of an error, to stand after a sentence: ` (MANIFEST_UNKNOWN: manifest unknown)`. Empty for what is
 * not JSON of a known shape.
 */
export function complaintIn(body: Buffer | null): string {
  const result = v.safeParse(schema, parseOrNull(body));
  if (!result.success) return '';
  const { errors, error, error_description, message, details } = result.output;
  const said =
    (errors ?? []).map(({ code, message }) => pair(code, message))[0] ??
    pair(error, error_description || message || details);
  if (said === '') return '';
  return ` (${said.length > longest ? `${said.slice(0, longest)}…` : said})`;
}

function pair(code: string, message: string): string {
  return [code, message].filter((part) => part !== '').join(': ');
}

function parseOrNull(body: Buffer | null): unknown {
  try {
    return JSON.parse(body?.toString() ?? '');
  } catch {
    return null;
  }
}
