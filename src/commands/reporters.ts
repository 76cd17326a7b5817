import { jsonReport } from '../report/json.ts';
import type { Outline } from '../report/outline.ts';
import { outlineText } from '../report/outline-text.ts';
import type { ReportContext } from '../report/report-context.ts';
import type { Report } from '../report/report.ts';
import { textReport } from '../report/text.ts';

/** One format. */
export interface Reporter<Told> {
  readonly render: Render<Told>;
  /** Whether it is a document that a program parses as a whole: nothing else may stand on the same stream. */
  readonly isDocument: boolean;
  /** What goes to the page of the job besides, where the system that runs it has one. */
  readonly summary?: Render<Told>;
}

/** At once, or when the format is loaded. */
type Render<Told> = (told: Told, context: ReportContext) => string | Promise<string>;

type Reporters<Told> = Readonly<Record<string, Reporter<Told>>>;

const markdown: Render<Report> = async (report) =>
  (await import('../report/markdown/markdown.ts')).markdownReport(report);

/** Every format there is. What most runs do not print is loaded when it is wanted. */
export const reporters: Reporters<Report> = {
  text: { render: textReport, isDocument: false },
  json: { render: jsonReport, isDocument: true },
  markdown: { render: markdown, isDocument: false },
  sarif: {
    render: async (report, context) => (await import('../report/sarif/sarif.ts')).sarifReport(report, context),
    isDocument: true,
  },
  junit: {
    render: async (report, context) => (await import('../report/junit/junit.ts')).junitReport(report, context),
    isDocument: true,
  },
  github: {
    render: async (report, context) => (await import('../report/github/annotations.ts')).githubReport(report, context),
    isDocument: false,
    summary: markdown,
  },
};

/** Those for an image whose layers were not read: the others tell of findings and budgets, and there are none. */
export const outlineReporters: Reporters<Outline> = {
  text: { render: outlineText, isDocument: false },
  json: { render: jsonReport, isDocument: true },
  markdown: {
    render: async (outline) => (await import('../report/outline-markdown.ts')).outlineMarkdown(outline),
    isDocument: false,
  },
};
