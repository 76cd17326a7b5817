import { githubReport } from '../report/github/annotations.ts';
import { jsonReport } from '../report/json.ts';
import { junitReport } from '../report/junit/junit.ts';
import { markdownReport } from '../report/markdown/markdown.ts';
import type { Outline } from '../report/outline.ts';
import { outlineMarkdown } from '../report/outline-markdown.ts';
import { outlineText } from '../report/outline-text.ts';
import type { ReportContext } from '../report/report-context.ts';
import type { Report } from '../report/report.ts';
import { sarifReport } from '../report/sarif/sarif.ts';
import { textReport } from '../report/text.ts';

/** One format. */
export interface Reporter<Told> {
  readonly render: (told: Told, context: ReportContext) => string;
  /** Whether it is a document that a program parses as a whole: nothing else may stand on the same stream. */
  readonly isDocument: boolean;
  /** What goes to the page of the job besides, where the system that runs it has one. */
  readonly summary?: (told: Told, context: ReportContext) => string;
}

type Reporters<Told> = Readonly<Record<string, Reporter<Told>>>;

/** Every format there is. */
export const reporters: Reporters<Report> = {
  text: { render: textReport, isDocument: false },
  json: { render: jsonReport, isDocument: true },
  markdown: { render: markdownReport, isDocument: false },
  sarif: { render: sarifReport, isDocument: true },
  junit: { render: junitReport, isDocument: true },
  github: { render: githubReport, isDocument: false, summary: markdownReport },
};

/** Those for an image whose layers were not read: the others tell of findings and budgets, and there are none. */
export const outlineReporters: Reporters<Outline> = {
  text: { render: outlineText, isDocument: false },
  json: { render: jsonReport, isDocument: true },
  markdown: { render: outlineMarkdown, isDocument: false },
};
