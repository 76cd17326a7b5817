import { CST, Lexer } from 'yaml';

/** What is wrong with a text, and on which line, from 1. */
export interface Mistake {
  readonly line: number;
  readonly reason: string;
}

/** Levels that a configuration may have; nobody could read as many. */
const deepest = 64;

/**
 * Pieces that it may have: brackets, words, line feeds; a thousand budgets with all their keys. The parser compares each key
 * of a mapping with all others.
 */
const mostTokens = 80_000;

/** Columns of indentation that count as a level. Nobody indents by more, and a level takes one at least. */
const columnsOfLevel = 8;

/**
 * Refuses what the parser of YAML cannot bear: it calls itself for each level, and a megabyte of `[` can end the whole
 * process from within it. The lexer does not.
 */
export function exceeds(text: string): Mistake | null {
  let [line, tokens, brackets, levels, atStart] = [1, 0, 0, 0, true];
  for (const token of new Lexer().lex(text)) {
    switch (CST.tokenType(token)) {
      case 'flow-seq-start':
      case 'flow-map-start':
        brackets++;
        break;
      case 'flow-seq-end':
      case 'flow-map-end':
        brackets--;
        break;
      case 'seq-item-ind':
      case 'explicit-key-ind':
      case 'map-value-ind':
        // Within brackets they come one after the other; outside, each is a level below the one before.
        if (brackets <= 0) levels++;
        break;
      case 'space':
        if (atStart) levels += token.length / columnsOfLevel;
        break;
      case 'newline':
        levels = 0;
        break;
      default:
    }
    atStart = token.endsWith('\n');
    if (brackets > deepest || levels > deepest) return { line, reason: 'nested too deeply' };
    if (++tokens > mostTokens) return { line, reason: 'more than any configuration has to say' };
    if (token.includes('\n')) line += token.split('\n').length - 1;
  }
  return null;
}
