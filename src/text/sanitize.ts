/**
 * What a terminal could act on or a reader could be misled by: C0 and C1 controls, DEL, line separators, zero-width
 * and bidirectional formatting (UAX #9, "Trojan Source"), byte-order marks, tag characters and lone surrogates.
 */
const unprintable =
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what this looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udc7f]/g;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e' };

/**
 * Makes a text from an image fit to print on one line of a terminal: everything unprintable becomes a visible escape
 * such as `\e` or `\u202e`. Plain text comes back as it is.
 */
export function sanitize(text: string): string {
  return text.replace(unprintable, (found) => named[found] ?? escapeUnits(found));
}

/** A text as visible escapes altogether: for what takes no place of its own on a screen. */
export function escapeUnits(found: string): string {
  let escaped = '';
  for (let at = 0; at < found.length; at++) {
    const unit = found.charCodeAt(at);
    escaped += unit < 0x100 ? `\\x${unit.toString(16).padStart(2, '0')}` : `\\u${unit.toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
