import type { Comparison } from '../comparison/comparison.ts';
import type { Sharing } from '../comparison/sharing.ts';
import { diffJson } from '../report/diff/diff-json.ts';
import { diffMarkdown } from '../report/diff/diff-markdown.ts';
import { diffText } from '../report/diff/diff-text.ts';
import { sharingJson } from '../report/sharing/sharing-json.ts';
import { sharingMarkdown } from '../report/sharing/sharing-markdown.ts';
import { sharingText } from '../report/sharing/sharing-text.ts';
import type { Reporter } from './reporters.ts';

/** Every format for two images. */
export const diffReporters: Readonly<Record<string, Reporter<Comparison>>> = {
  text: { render: diffText, isDocument: false },
  json: { render: diffJson, isDocument: true },
  markdown: { render: diffMarkdown, isDocument: false },
};

/** Every format for more of them. */
export const sharingReporters: Readonly<Record<string, Reporter<Sharing>>> = {
  text: { render: sharingText, isDocument: false },
  json: { render: sharingJson, isDocument: true },
  markdown: { render: sharingMarkdown, isDocument: false },
};
