/** What a server wants to see before it answers (RFC 9110, 11.6.1). Scheme and names of parameters are in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const token = "[!#$%&'*+.^_`|~\\w-]+";
const separators = /[\s,]*/y;
/** Values without quotes are tokens by the book; some servers leave the quotes of addresses out. */
const parameterPattern = new RegExp(`(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\[^])*)"|([^\\s,"=][^\\s,"]*))`, 'y');
const schemePattern = new RegExp(`(${token})(?=[\\s,]|$)`, 'y');
const token68 = /[\w.~+/-]+=*(?=[\s,]|$)/y;

/**
 * Parses the WWW-Authenticate headers of an answer: several challenges may stand in one header, and there may be several
 * headers. What follows something malformed in a header is left out.
 */
export function parseChallenges(headers: readonly string[]): Challenge[] {
  return headers.flatMap(parseHeader);
}

function parseHeader(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = 0;
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(header);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  for (next(separators); at < header.length; next(separators)) {
    const current = challenges.at(-1);
    const parameter = current === undefined ? null : next(parameterPattern);
    if (parameter !== null) {
      const [, name = '', quoted, plain = ''] = parameter;
      const key = name.toLowerCase();
      // Said twice, the first counts: nothing that is appended changes where credentials go.
      if (current?.parameters.has(key) === false)
        current.parameters.set(key, quoted === undefined ? plain : quoted.replace(/\\([^])/g, '$1'));
      continue;
    }
    const scheme = next(schemePattern);
    if (scheme !== null) challenges.push({ scheme: (scheme[1] ?? '').toLowerCase(), parameters: new Map() });
    else if (current === undefined || next(token68) === null) break;
  }
  return challenges;
}
