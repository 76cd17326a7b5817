import type { Arguments, NameValue } from './dockerfile.ts';
import { execForm } from './split-command.ts';

/** What follows an instruction's flags, in the form its keyword has (BuildKit's parser/line_parsers.go). */
export function splitArguments(keyword: string, rest: string, escape: string): Arguments {
  switch (keyword) {
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return execOr(rest, { form: 'text', text: rest });
    case 'ADD':
    case 'COPY':
    case 'VOLUME':
      return execOr(rest, { form: 'words', words: rest === '' ? [] : rest.split(/[\t\v\f\r ]+/) });
    case 'EXPOSE':
    case 'FROM':
      return { form: 'words', words: rest === '' ? [] : rest.split(/[\t\v\f\r ]+/) };
    case 'ENV':
    case 'LABEL':
      return { form: 'pairs', pairs: pairs(rest, escape) };
    case 'ARG':
      return { form: 'pairs', pairs: words(rest, escape).map(nameValue) };
    default:
      return { form: 'text', text: rest };
  }
}

function execOr(rest: string, other: Arguments): Arguments {
  const exec = execForm(rest);
  return exec === null ? other : { form: 'exec', words: exec };
}

/** `NAME=value NAME=value`, or the old form `NAME all of this`. */
function pairs(rest: string, escape: string): NameValue[] {
  const all = words(rest, escape);
  const [first] = all;
  if (first === undefined) return [];
  if (first.includes('=')) return all.map(nameValue);
  const [name = '', ...values] = /^([^\t\v\f\r ]+)[\t\v\f\r ]+([^]*)$/.exec(rest)?.slice(1) ?? [first];
  return [{ name, value: values[0] ?? null }];
}

function nameValue(word: string): NameValue {
  const equals = word.indexOf('=');
  return equals === -1 ? { name: word, value: null } : { name: word.slice(0, equals), value: word.slice(equals + 1) };
}

/** Words at white space outside quotes; quotes and escapes stay in them (parseWords). */
function words(rest: string, escape: string): string[] {
  const found: string[] = [];
  let start = -1;
  let quote = '';
  for (let at = 0; at <= rest.length; at++) {
    const character = rest.charAt(at);
    const ends = character === '' || (quote === '' && /\s/.test(character));
    if (ends) {
      if (start !== -1) found.push(rest.slice(start, at));
      start = -1;
      continue;
    }
    if (start === -1) start = at;
    if (character === escape && quote !== "'") at++;
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
    if (at >= rest.length) at = rest.length - 1;
  }
  return found;
}
