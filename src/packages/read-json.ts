import type { ReadText } from './install-step.ts';

/** A lock file of thousands of packages has a few megabytes. */
const longest = 32 * 1024 * 1024;

/** An object of a JSON file. Its properties are looked up with `property` alone, for what it inherits says nothing. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The object in a JSON file; null where there is none. Deep nesting costs no stack: V8 reads it in a loop. */
export function readJsonObject(textOf: ReadText, path: string): JsonObject | null {
  const text = textOf(path);
  if (text === null || text.length > longest) return null;
  try {
    return asObject(JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text));
  } catch {
    return null;
  }
}

export function asObject(value: unknown): JsonObject | null {
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property; undefined where there is none. */
export function property(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** All strings in a value, however deep, with the name of the property that each is in. In a loop: depth is the file's. */
export function* stringsIn(value: unknown): Generator<{ readonly key: string; readonly text: string }, void, void> {
  const left: { key: string; value: unknown }[] = [{ key: '', value }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next.value === 'string') yield { key: next.key, text: next.value };
    else if (typeof next.value === 'object' && next.value !== null)
      for (const [key, inner] of Object.entries(next.value)) left.push({ key, value: inner });
  }
}
