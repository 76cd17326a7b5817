/** Go prints a list of strings as `["a" "b"]`; as JSON it has commas. */
export function commaSeparated(text: string): string {
  const words = text.match(/"(?:[^"\\]|\\.)*"/gs);
  return text.startsWith('[') && words !== null ? `[${words.join(', ')}]` : text;
}

export function jsonWords(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}

/** A longer one is not taken apart: the pattern below may take time in the square of its length. */
const longestHealthcheck = 1000;

/** `&{["CMD-SHELL" "…"] "5m0s" "3s" "0s" "0s" '\x03'}`: test, interval, timeout, start period, start interval, retries. */
export function healthcheckText(text: string): string {
  if (text.length > longestHealthcheck) return text;
  const parts = /^&\{(\[.*\]) (".*") '(.*)'\}$/s.exec(text);
  if (parts === null) return text;
  const [, test = '', times = ''] = parts;
  const flags = ['--interval', '--timeout', '--start-period', '--start-interval'];
  const values = times.match(/"[^"]*"/g) ?? [];
  const options = values
    .map((value, at) => [flags[at], value.slice(1, -1)] as const)
    .filter(([flag, value]) => flag !== undefined && value !== '0s')
    .map(([flag, value]) => `${flag}=${value} `);
  const words = (test.match(/"(?:[^"\\]|\\.)*"/gs) ?? []).map(unquote);
  if (words[0] === 'NONE') return 'NONE';
  const command = words[0] === 'CMD-SHELL' ? (words[1] ?? '') : jsonWords(words.slice(1));
  return `${options.join('')}CMD ${command}`;
}

function unquote(word: string): string {
  try {
    return String(JSON.parse(word));
  } catch {
    return word.slice(1, -1); // Go escapes what JSON does not know
  }
}

/** What Go prints for a list or a map in brackets, without them; null for anything else. */
export function insideBrackets(text: string, before = ''): string | null {
  return text.startsWith(`${before}[`) && text.endsWith(']') ? text.slice(before.length + 1, -1) : null;
}
