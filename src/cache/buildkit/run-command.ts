import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { heredocOfWord } from '../../dockerfile/heredoc.ts';
import type { KeyPart } from '../keyed-step.ts';
import { fixedPart } from './planned-step.ts';

/**
 * What RUN runs, as parts (convert.go, dispatchRun): shell form and exec form of the same words are the same. No variable
 * is expanded: the shell does that.
 */
export function commandParts(instruction: Instruction, shell: readonly string[]): readonly KeyPart[] {
  const { arguments: parsed, heredocs } = instruction;
  if (parsed.form === 'exec') return execParts(parsed.words, shell);
  const text = parsed.form === 'text' ? parsed.text : '';
  const [first] = heredocs;
  if (first === undefined) return shellParts(text, shell);
  // `<<EOF sh -e` starts with a here-document, but is not one alone.
  if (/\s/.test(text) || heredocOfWord(text) === null) {
    return shellParts(
      heredocs.reduce((full, { name, content }) => `${full}\n${content}${name}`, text),
      shell,
    );
  }
  const script = first.chomp ? first.content.replaceAll(/^\t+/gm, '') : first.content;
  if (!script.startsWith('#!')) return shellParts(script, shell);
  // A program of its own, which is mounted.
  return [...shellParts(`/dev/pipes/${first.name}`, shell), fixedPart('inline-content', first.name, script)];
}

function shellParts(text: string, shell: readonly string[]): readonly KeyPart[] {
  return [fixedPart('shell', '', JSON.stringify(shell)), fixedPart('command', '', text)];
}

function execParts(words: readonly string[], shell: readonly string[]): readonly KeyPart[] {
  const inShell = words.length === shell.length + 1 && shell.every((word, at) => word === words[at]);
  return inShell ? shellParts(words.at(-1) ?? '', shell) : [fixedPart('command', '', JSON.stringify(words))];
}
