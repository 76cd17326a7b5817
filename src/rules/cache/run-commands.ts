import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { type ScriptCommand, scriptCommands } from './script-commands.ts';

/** The commands of a RUN, in order; null for what cannot be read, such as another interpreter's script. */
export function runCommands(run: Instruction): readonly ScriptCommand[] | null {
  const script = runScript(run);
  if (script !== null) return scriptCommands(script);
  const { arguments: parsed } = run;
  return parsed.form === 'exec' ? [{ text: parsed.words.join(' '), words: parsed.words }] : null;
}

/** What a RUN hands to a shell; null where that is no shell's script. */
export function runScript({ arguments: parsed, heredocs }: Instruction): string | null {
  if (parsed.form === 'exec') {
    const [shell = '', flag = '', script] = parsed.words;
    const isShell = /(?:^|\/)(?:ba|da|a)?sh$/.test(shell) && /^-\w*c$/.test(flag);
    return isShell ? (script ?? null) : null;
  }
  if (parsed.form !== 'text') return null;
  const [heredoc, ...more] = heredocs;
  if (heredoc === undefined) return parsed.text;
  const alone = /^<<-?\s*["']?[^\s"']+["']?$/.test(parsed.text.trim());
  return alone && more.length === 0 && !heredoc.content.startsWith('#!') ? heredoc.content : null;
}
