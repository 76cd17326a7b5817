/** One command of a shell script: `A=1 npm ci --omit=dev`. */
export interface ScriptCommand {
  /** As written, without white space around it. */
  readonly text: string;
  /** Quotes and escapes are gone, variables and substitutions stand as they are; assignments before the name are left out. */
  readonly words: readonly string[];
}

/** Words that stand before a command and are none. */
const openers = new Set(['if', 'then', 'else', 'elif', 'while', 'until', 'do', '!', '{', 'time', 'exec', 'command']);
/** Words that close what was opened. */
const closers = new Set(['fi', 'done', 'esac', '}']);

/**
 * The commands of a script for sh, in order: evidence of what it does. What has to be proven of a script is for
 * src/packages, which refuses whatever it does not understand. Of one with conditions and loops these are all that may run, with words like
 * `if` and `then` taken off. Null for what cannot be read: quotes that never end.
 */
export function scriptCommands(script: string): readonly ScriptCommand[] | null {
  const commands: ScriptCommand[] = [];
  let words: string[] = [];
  let word: string | null = null;
  let start = 0;
  const endWord = (): void => {
    if (word !== null) words.push(word);
    word = null;
  };
  const endCommand = (end: number): void => {
    endWord();
    const kept = strip(words);
    if (kept.length > 0) commands.push({ text: script.slice(start, end).trim(), words: kept });
    words = [];
  };
  for (let at = 0; at < script.length; at++) {
    const character = script.charAt(at);
    switch (character) {
      case '\\':
        at++;
        // A line that goes on.
        if (script.charAt(at) !== '\n') word = (word ?? '') + script.charAt(at);
        break;
      case "'":
      case '"':
      case '`': {
        const end = closing(script, at, character);
        if (end === -1) return null;
        const inner = script.slice(at + 1, end);
        word = (word ?? '') + (character === '`' ? `\`${inner}\`` : inner);
        at = end;
        break;
      }
      case '$': {
        const open = script.charAt(at + 1);
        const end = open === '(' || open === '{' ? balanced(script, at + 1) : at;
        if (end === -1) return null;
        word = (word ?? '') + script.slice(at, end + 1);
        at = end;
        break;
      }
      case '#':
        if (word !== null) word += character;
        else while (at + 1 < script.length && script.charAt(at + 1) !== '\n') at++;
        break;
      case ' ':
      case '\t':
      case '\r':
        endWord();
        break;
      case '&':
        // `2>&1` and `&>file` are no ends.
        if (/[<>]/.test(script.charAt(at - 1)) || script.charAt(at + 1) === '>') {
          word = (word ?? '') + character;
          break;
        }
        endCommand(at);
        start = at + 1;
        break;
      case ';':
      case '|':
      case '\n':
      case '(':
      case ')':
        endCommand(at);
        start = at + 1;
        break;
      default:
        word = (word ?? '') + character;
    }
  }
  endCommand(script.length);
  return commands;
}

function strip(words: readonly string[]): readonly string[] {
  let from = 0;
  while (from < words.length && (openers.has(words[from] ?? '') || /^[A-Za-z_]\w*\+?=/.test(words[from] ?? ''))) from++;
  const kept = words.slice(from);
  return kept.length > 0 && closers.has(kept[0] ?? '') ? [] : kept;
}

function closing(script: string, at: number, quote: string): number {
  for (let end = at + 1; end < script.length; end++) {
    const character = script.charAt(end);
    if (character === '\\' && quote !== "'") end++;
    else if (character === quote) return end;
  }
  return -1;
}

/** The end of `$(…)` or `${…}`, quotes within heeded. @param at of the opening one */
function balanced(script: string, at: number): number {
  const open = script.charAt(at);
  const close = open === '(' ? ')' : '}';
  let depth = 0;
  for (let end = at; end < script.length; end++) {
    const character = script.charAt(end);
    if (character === '\\') end++;
    else if (character === "'" || character === '"') {
      end = closing(script, end, character);
      if (end === -1) return -1;
    } else if (character === open) depth++;
    else if (character === close && --depth === 0) return end;
  }
  return -1;
}
