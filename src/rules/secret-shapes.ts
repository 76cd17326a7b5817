/** A kind of credential, by the shape of the text that holds it. Values are matched, never kept. */
interface SecretShape {
  readonly what: string;
  /** Tried on single lines of at most 4096 characters. */
  readonly line: RegExp;
}

/** `${VAR}`, `$VAR`, `<token>`, `changeme`, dots, stars and x's stand for a value that is filled in later. */
const placeholder = String.raw`(?!["']?(?:\$|<|\{\{|%|changeme|change_me|example|placeholder|your|todo|x{3,}|\*{3,}|\.{3}|null\b|none\b|true\b|false\b))`;

const shapes: readonly SecretShape[] = [
  { what: 'a private key', line: /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/ },
  { what: 'a PuTTY private key', line: /^PuTTY-User-Key-File-\d:/ },
  {
    what: 'a registry token',
    line: new RegExp(String.raw`(?:^|[/:])_?(?:authToken|auth|password)\s*=\s*${placeholder}["']?[\w+/=.~-]{8,}`, 'i'),
  },
  {
    what: 'a token in a configuration',
    line: new RegExp(String.raw`npmAuthToken:\s*${placeholder}["']?[\w+/=.~-]{8,}`, 'i'),
  },
  { what: 'a password in a URL', line: /https?:\/\/[^\s/:@"'<>]{1,128}:(?![<$*{]|x{3,}@)[^\s/@"']{3,256}@/ },
  { what: 'a netrc password', line: new RegExp(String.raw`(?:^|\s)password\s+${placeholder}\S{4,}`, 'i') },
  { what: 'an access key', line: new RegExp(String.raw`aws_secret_access_key\s*=\s*${placeholder}[\w+/]{30,}`, 'i') },
  { what: 'a registry login', line: /"(?:auth|identitytoken)"\s*:\s*"[\w+/=.-]{12,}"/ },
  { what: 'a client key', line: /client-key-data:\s*[\w+/=]{40,}/ },
  {
    what: 'a secret in an environment file',
    line: new RegExp(
      String.raw`^\s*(?:export\s+)?[\w.-]{0,64}(?:SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|PRIVATE_?KEY|CREDENTIALS?)[\w.-]{0,64}\s*[:=]\s*${placeholder}["']?[^\s"'#]{6,}`,
      'i',
    ),
  },
  {
    what: 'a server password',
    line: new RegExp(String.raw`<(?:password|passphrase)>\s*${placeholder}[^<\s]{4,}\s*</`, 'i'),
  },
];

const longestLine = 4096;

/** What kind of credential a file holds; null if no line looks like one. */
export function secretIn(content: Buffer): string | null {
  if (content.includes(0)) return null;
  for (const line of content.toString('latin1').split('\n')) {
    if (line.length > longestLine) continue;
    const found = shapes.find((shape) => shape.line.test(line));
    if (found !== undefined) return found.what;
  }
  return null;
}
