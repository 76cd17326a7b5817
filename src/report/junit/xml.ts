/** Characters that no XML 1.0 document can have, not even by number (XML 1.0, 2.2). */
const impossible =
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what this looks for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** A text as XML 1.0 can have it, in an attribute as well as between tags. */
function escapeXml(text: string): string {
  return text.replaceAll(impossible, '\ufffd').replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** An element on lines of its own. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  inside: readonly string[],
): string[] {
  const start = startOf(name, attributes);
  return inside.length === 0 ? [`<${start}/>`] : [`<${start}>`, ...inside.map((line) => `  ${line}`), `</${name}>`];
}

/** An element with a text, without a blank between that and the tags. */
export function textElement(name: string, attributes: Readonly<Record<string, string>>, text: string): string {
  return `<${startOf(name, attributes)}>${escapeXml(text)}</${name}>`;
}

function startOf(name: string, attributes: Readonly<Record<string, string | number>>): string {
  return [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escapeXml(String(value))}"`)].join(' ');
}
