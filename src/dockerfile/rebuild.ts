import type { HistoryEntry } from '../image/config.ts';
import { sanitize } from '../text/sanitize.ts';
import { type HistoryStep, parseHistoryStep } from './history-step.ts';

/** What of a step is printed. */
type Words = Pick<HistoryStep, 'keyword' | 'text'>;

/**
 * A step as lines of a Dockerfile: a comment where it was no instruction, a heredoc where the command has lines, else
 * one `&&` a line. Fit to print.
 */
export function instructionLines({ keyword, text }: Words): string[] {
  if (keyword === null) return text.split('\n').map((line) => `# ${sanitize(line)}`);
  if (keyword === 'RUN' && text.includes('\n')) {
    const lines = text.replace(/\n+$/, '').split('\n').map(sanitize);
    return /<<-?['"]?\w/.test(lines[0] ?? '') ? [`RUN ${lines[0]}`, ...lines.slice(1)] : ['RUN <<EOF', ...lines, 'EOF'];
  }
  if (keyword !== 'RUN') return [sanitize(`${keyword} ${text}`).trimEnd()];
  const commands = splitCommands(text).map(sanitize);
  return commands.map((command, at) => {
    const start = at === 0 ? 'RUN ' : '    && ';
    return `${start}${command}${at < commands.length - 1 ? ' \\' : ''}`;
  });
}

/** A step on one line, with white space folded as far as a reader cares. Fit to print. */
export function instructionSummary({ keyword, text }: Words): string {
  return sanitize(`${keyword ?? ''} ${text.replaceAll(/\s+/g, ' ')}`.trim());
}

/** A layer's history entry on one line, or what is known instead. Fit to print. */
export function entrySummary(entry: Omit<HistoryEntry, 'emptyLayer'> | null): string {
  if (entry === null) return '(no history)';
  const summary = instructionSummary(parseHistoryStep({ ...entry, emptyLayer: false }));
  return summary || sanitize(entry.comment) || '(no history)';
}

/** What a history entry did, whole and as it is: not fit for a terminal. */
export function entryCommand(entry: HistoryEntry): string {
  const { keyword, text } = parseHistoryStep(entry);
  return `${keyword ?? ''} ${text}`.trim() || entry.createdBy;
}

/** Splits a shell command at each `&&` outside quotes, and folds the white space that continuations left around it. */
function splitCommands(command: string): string[] {
  const commands: string[] = [];
  let quote = '';
  let start = 0;
  for (let at = 0; at < command.length; at++) {
    const character = command.charAt(at);
    if (character === '\\' && quote !== "'") at++;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (command.startsWith('&&', at)) {
      commands.push(command.slice(start, at).trim());
      start = at + 2;
      at++;
    }
  }
  commands.push(command.slice(start).trim());
  return commands;
}
