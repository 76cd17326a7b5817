import type { Directives } from './dockerfile.ts';
import { physicalLines } from './logical-lines.ts';

/**
 * The directives at the top of a file (BuildKit's parser/directives.go): `# name=value` lines before anything else, the
 * first line that is none ends them. One that is repeated or unknown ends them, too.
 */
export function readDirectives(text: string): Directives {
  const found = new Map<string, string>();
  for (const line of physicalLines(text.slice(0, headLength))) {
    const [, name = '', value = ''] = /^\s*#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(\S.*)$/.exec(line.slice(0, 2000)) ?? [];
    const key = name.toLowerCase();
    if (!known.has(key) || found.has(key)) break;
    found.set(key, value.trimEnd());
  }
  return {
    escape: found.get('escape') === '`' ? '`' : '\\',
    syntax: found.get('syntax') ?? null,
    check: found.get('check') ?? null,
  };
}

const known = new Set(['escape', 'syntax', 'check']);

/** Only the first few lines can be directives. */
const headLength = 10_000;
