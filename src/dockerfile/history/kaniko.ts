import type { HistoryEntry } from '../../image/config.ts';
import { splitCommand } from '../split-command.ts';
import { type ParsedEntry, isKeyword, plainEntry } from './parsed-entry.ts';

/** kaniko: the instruction as it is written; what other tools write that have no grammar of their own is read so, too. */
export function writtenEntry({ createdBy }: HistoryEntry): ParsedEntry {
  const text = createdBy.trim();
  const { keyword, flags, afterKeyword } = splitCommand(text);
  if (!isKeyword(keyword)) return plainEntry(text);
  return { keyword, text: afterKeyword, buildArgs: null, flags, record: { kind: 'text', keyword, text: afterKeyword } };
}
