import type { HistoryEntry } from '../../image/config.ts';
import { splitCommand } from '../split-command.ts';
import { runEntry } from './command-line.ts';
import { commaSeparated, healthcheckText, insideBrackets, jsonWords } from './go-text.ts';
import { type ParsedEntry, isKeyword, plainEntry, splitOnce } from './parsed-entry.ts';

const mark = '# buildkit';

/**
 * BuildKit (dockerfile2llb/convert.go, commitToHistory): an instruction with its variables expanded, and
 * ` # buildkit` after those that make a layer of files.
 */
export function buildkitEntry({ createdBy }: HistoryEntry): ParsedEntry {
  const text = createdBy.trim();
  const [keyword, rest] = splitOnce(text);
  if (!isKeyword(keyword)) return plainEntry(text);
  const kept = rest.endsWith(mark) ? rest.slice(0, -mark.length).trimEnd() : rest;
  if (keyword === 'RUN') return runEntry(kept);
  const { flags } = splitCommand(`${keyword} ${kept}`);
  return {
    keyword,
    text: readable(keyword, kept),
    buildArgs: null,
    flags: keyword === 'COPY' || keyword === 'ADD' ? flags : [],
    record: { kind: 'text', keyword, text: kept },
  };
}

/** What Go printed, in a Dockerfile's words. */
function readable(keyword: string, text: string): string {
  switch (keyword) {
    case 'CMD':
    case 'ENTRYPOINT':
      return commaSeparated(text);
    case 'EXPOSE':
      // `map[80/tcp:{}]` until Dockerfile frontend 1.19, `[80/tcp]` since.
      return insideBrackets(text, 'map')?.replaceAll(':{}', '') ?? insideBrackets(text) ?? text;
    case 'VOLUME':
    case 'SHELL': {
      const words = insideBrackets(text);
      return words === null ? text : jsonWords(words.split(' '));
    }
    case 'HEALTHCHECK':
      return healthcheckText(text);
    default:
      return text;
  }
}
