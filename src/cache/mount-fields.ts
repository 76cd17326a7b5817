/** Other names of the same field (instructions/commands_runmount.go). */
const aliases: ReadonlyMap<string, string> = new Map([
  ['src', 'source'],
  ['dst', 'target'],
  ['destination', 'target'],
  ['ro', 'readonly'],
  ['rw', 'readwrite'],
]);

/** The fields of `--mount=`, by their long names; null for one without a value. The last of a name counts. */
export function mountFields(text: string): ReadonlyMap<string, string | null> {
  const fields = new Map<string, string | null>();
  for (const field of splitFields(text)) {
    const equals = field.indexOf('=');
    const name = (equals === -1 ? field : field.slice(0, equals)).toLowerCase();
    fields.set(aliases.get(name) ?? name, equals === -1 ? null : field.slice(equals + 1));
  }
  return fields;
}

/** At commas; a field may be quoted, with doubled quotes in it (CSV). */
function splitFields(text: string): string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"' && quoted && text.charAt(at + 1) === '"') field += text.charAt(at++);
    else if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) {
      fields.push(field);
      field = '';
    } else field += character;
  }
  return [...fields, field];
}
