import type { Instruction } from '../dockerfile.ts';
import { heredocOfWord } from '../heredoc.ts';
import { splitCommand } from '../split-command.ts';
import { type BuildState, defaultShell } from './build-state.ts';
import type { ExpectedRecord } from './expected-record.ts';

/** RUN. No builder expands variables in it: the shell does. */
export function runRecords(instruction: Instruction, state: BuildState): readonly ExpectedRecord[] {
  switch (state.builder) {
    case 'buildkit':
      return buildkitRecords(instruction, state.shell);
    case 'classic':
      return commands([plainCommand(instruction, state.shell)]);
    case 'buildah':
      // The text as written after `RUN ` (node.Original[4:]), flags and exec form included; SHELL does not change the prefix.
      // Old versions leave here-documents out, 1.43 leaves out the names that end them.
      return commands([
        withHeredocs(asWritten(instruction), instruction),
        withTrimmedHeredocs(asWritten(instruction), instruction),
        asWritten(instruction),
      ]);
    case 'kaniko':
      return [
        { record: { kind: 'text', keyword: 'RUN', text: splitCommand(instruction.line).afterKeyword }, exact: true },
      ];
  }
}

function commands(texts: readonly string[]): readonly ExpectedRecord[] {
  return [...new Set(texts)].map((text) => ({ record: { kind: 'command', text: text.trim() }, exact: true }));
}

/** The exec form is joined with spaces and has no brackets. */
function plainCommand({ arguments: parsed }: Instruction, shell: readonly string[]): string {
  if (parsed.form === 'exec') return parsed.words.join(' ');
  return [...shell, parsed.form === 'text' ? parsed.text : ''].join(' ');
}

/**
 * A here-document alone is the shell's script, or, with `#!`, a program of its own, which the history only names; one
 * among other words stays one (BuildKit's convert.go, dispatchRun).
 */
function buildkitRecords(instruction: Instruction, shell: readonly string[]): readonly ExpectedRecord[] {
  const { arguments: parsed, heredocs } = instruction;
  const [first] = heredocs;
  if (first === undefined || parsed.form !== 'text') return commands([plainCommand(instruction, shell)]);
  const inShell = (text: string): string => [...shell, text].join(' ');
  // Also `<<EOF sh -e` starts with a here-document, but is not one alone.
  if (/\s/.test(parsed.text.trim()) || heredocOfWord(parsed.text) === null)
    return commands([inShell(withHeredocs(parsed.text, instruction))]);
  if (first.content.startsWith('#!')) {
    const program = `/dev/pipes/${first.name}`;
    // It runs without a shell, though Docker 28.5 records one.
    return [inShell(program), program].map((text) => ({ record: { kind: 'script', text }, exact: false }));
  }
  return commands([inShell(first.chomp ? first.content.replaceAll(/^\t+/gm, '') : first.content)]);
}

function asWritten({ line, keyword }: Instruction): string {
  return `${defaultShell.join(' ')} ${line.trimStart().slice(keyword.length + 1)}`;
}

function withHeredocs(text: string, { heredocs }: Instruction): string {
  return heredocs.reduce((full, { name, content }) => `${full}\n${content}${name}`, text);
}

function withTrimmedHeredocs(text: string, { heredocs }: Instruction): string {
  return heredocs.reduce((full, { content }) => `${full}\n${content.trim()}`, text);
}
