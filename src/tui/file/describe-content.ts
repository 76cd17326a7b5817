import { formatBytes } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import type { FileContent } from './content.ts';
import { fileText } from './file-text.ts';
import { lineCount } from './line-index.ts';

/** What a file is in a few words, fit for a terminal: `ELF executable, 12.3 MB, first 1.0 MB`, `text, 12 lines, 340 B`. */
export function describeContent(content: FileContent): string {
  const { format, text, sizeBytes, bytes } = content;
  if (sizeBytes === 0) return 'empty';
  const part = bytes.length < sizeBytes ? [`first ${formatBytes(bytes.length)}`] : [];
  return [format ?? (text ? 'text' : 'binary'), ...textFacts(content), formatBytes(sizeBytes), ...part].join(', ');
}

function textFacts(content: FileContent): string[] {
  const text = fileText(content);
  if (text.encoding === null) return [];
  return [
    ...(text.encoding === 'UTF-8' ? [] : [text.encoding]),
    ...(text.returns > 0 ? ['CRLF'] : []),
    // Of a part, nobody knows how many lines the rest has.
    ...(content.bytes.length < content.sizeBytes ? [] : [plural(lineCount(text), 'line')]),
  ];
}
