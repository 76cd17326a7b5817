import type { HistoryEntry } from '../../image/config.ts';
import type { Flag } from '../dockerfile.ts';
import { isCommandLine, runEntry } from './command-line.ts';
import { type ParsedEntry, isKeyword, plainEntry, splitOnce } from './parsed-entry.ts';

/** Marks what is no command of its own. */
const nopMark = '#(nop) ';

/**
 * The classic builder (moby's builder/dockerfile/internals.go): a shell's command line, which for everything but RUN is
 * a comment.
 */
export function classicEntry({ createdBy }: HistoryEntry): ParsedEntry {
  const text = createdBy.trim();
  const nop = afterNop(text);
  // A RUN in exec form is its words and nothing else.
  return nop === null ? runEntry(text) : nopEntry(nop);
}

/** What follows `#(nop)`; null for a command. A command may hold the mark, too, but not right after a shell's `-c`. */
export function afterNop(text: string): string | null {
  const at = text.indexOf(nopMark);
  if (at === -1) return null;
  const shell = text.slice(0, at);
  const isShell =
    shell === '' || windowsShell.test(shell) || (isCommandLine(shell) && / -[a-z]*c $/.test(shell.slice(-20)));
  return isShell && !shell.startsWith('|') ? text.slice(at + nopMark.length) : null;
}

const windowsShell = /^(?:cmd \/S \/C $|powershell )/;

/** An instruction after the mark. `COPY file:<hash> in /dst`: the hash stands for sources that only the Dockerfile names. */
export function nopEntry(nop: string): ParsedEntry {
  const text = nop.trim();
  const [keyword, rest] = splitOnce(text);
  if (!isKeyword(keyword)) return plainEntry(text);
  const copied = keyword === 'COPY' || keyword === 'ADD' ? copiedFrom(rest) : null;
  if (copied === null) {
    return { keyword, text: rest, buildArgs: null, flags: [], record: { kind: 'text', keyword, text: rest } };
  }
  const { flags, sources, hash, destination } = copied;
  const kept = flags.map(({ name, value }) => (value === null ? `--${name} ` : `--${name}=${value} `)).join('');
  return {
    keyword,
    text: `${kept}${sources}:${hash.slice(0, 12)} ${destination}`.trim(),
    buildArgs: null,
    flags,
    record: { kind: 'copy', keyword, sources, destination },
  };
}

interface Copied {
  readonly flags: readonly Flag[];
  readonly sources: 'file' | 'dir' | 'multi';
  readonly hash: string;
  readonly destination: string;
}

/** Docker 20.10 writes `--chown=rootmulti:<hash>`, without a space in between. */
function copiedFrom(text: string): Copied | null {
  const match = /(file|dir|multi):([a-f0-9]{12,128}) in ?/.exec(text);
  if (match === null) return null;
  const [all, kind = '', hash = ''] = match;
  const flags = text
    .slice(0, match.index)
    .split(' ')
    .filter((word) => word.startsWith('--'))
    .map((word): Flag => {
      const equals = word.indexOf('=');
      return equals === -1
        ? { name: word.slice(2), value: null }
        : { name: word.slice(2, equals), value: word.slice(equals + 1) };
    });
  const destination = text.slice(match.index + all.length).trim();
  return { flags, sources: kind as Copied['sources'], hash, destination };
}
