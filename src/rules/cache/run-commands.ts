import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { type ScriptCommand, scriptCommands } from './script-commands.ts';

/** The commands of a RUN, in order; null for what cannot be read, such as another interpreter's script. */
export function runCommands({ arguments: parsed, heredocs }: Instruction): readonly ScriptCommand[] | null {
  if (parsed.form === 'exec') {
    const [shell = '', flag = '', script] = parsed.words;
    if (/(?:^|\/)(?:ba|da|a)?sh$/.test(shell) && /^-\w*c$/.test(flag) && script !== undefined)
      return scriptCommands(script);
    return [{ text: parsed.words.join(' '), words: parsed.words }];
  }
  if (parsed.form !== 'text') return null;
  const [heredoc, ...more] = heredocs;
  if (heredoc === undefined) return scriptCommands(parsed.text);
  const alone = /^<<-?\s*["']?[^\s"']+["']?$/.test(parsed.text.trim());
  if (!alone || more.length > 0 || heredoc.content.startsWith('#!')) return null;
  return scriptCommands(heredoc.content);
}
