import type { ParsedEntry } from './parsed-entry.ts';

/** The start of a command line in a shell's `-c` form, or of one with build arguments. */
const commandLine = /^(?:\|\d+ |\/(?:usr\/)?bin\/[a-z]+ (?:-\S+ |pipefail )*-[a-z]*c |cmd \/S \/C |powershell )/;

export function isCommandLine(text: string): boolean {
  return commandLine.test(text);
}

/** A command line with `|N NAME=value …` before it for N build arguments, and the default shell taken off. */
export function runEntry(text: string): ParsedEntry {
  const withArgs = /^\|\d+ (.*?) ?(\/bin\/sh -c .*)$/s.exec(text);
  const buildArgs = withArgs?.[1] || null;
  const command = (withArgs?.[2] ?? text).replace(/^\/bin\/sh -c /, '');
  const record = { kind: 'command', text: text.trim() } as const;
  return { keyword: 'RUN', text: command.trim(), buildArgs, flags: [], record };
}
