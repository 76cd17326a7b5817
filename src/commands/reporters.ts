import { jsonReport } from '../report/json.ts';
import { markdownReport } from '../report/markdown.ts';
import type { Report } from '../report/report.ts';
import { textReport } from '../report/text.ts';
import type { TextStyle } from '../report/text-style.ts';

export type Reporter = (report: Report, style: TextStyle) => string;

/** Every format there is. */
export const reporters: Readonly<Record<string, Reporter>> = {
  text: textReport,
  json: jsonReport,
  markdown: markdownReport,
};
