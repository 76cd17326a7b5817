import { formatBytes } from '../../text/bytes.ts';
import { causeTexts } from '../cause.ts';
import type { Report } from '../report.ts';
import { type MarkdownSection, tableSection } from './section.ts';
import { shortCode } from './short.ts';

const listed = 20;

/** The largest wasted files, folded. */
export function wastedFilesSection({ waste }: Report): MarkdownSection[] {
  return tableSection({
    rowsAre: 'wasted files',
    before: '<details><summary>Largest wasted files</summary>\n\n',
    header: ['wasted', 'because', 'file'],
    rows: waste.files.map((file) => [formatBytes(file.bytes), causeTexts[file.cause].name, shortCode(file.path)]),
    right: [0],
    most: listed,
    after: '\n\n</details>',
  });
}
