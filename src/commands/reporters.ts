import { jsonReport } from '../report/json.ts';
import { markdownReport } from '../report/markdown.ts';
import type { Outline } from '../report/outline.ts';
import { outlineMarkdown } from '../report/outline-markdown.ts';
import { outlineText } from '../report/outline-text.ts';
import type { Report } from '../report/report.ts';
import { textReport } from '../report/text.ts';
import type { TextStyle } from '../report/text-style.ts';

/** One format. */
export interface Reporter {
  readonly report: (report: Report, style: TextStyle) => string;
  readonly outline: (outline: Outline, style: TextStyle) => string;
}

/** Every format there is. */
export const reporters: Readonly<Record<string, Reporter>> = {
  text: { report: textReport, outline: outlineText },
  json: { report: jsonReport, outline: jsonReport },
  markdown: { report: markdownReport, outline: outlineMarkdown },
};
