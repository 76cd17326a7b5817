import { shownText } from '../../dockerfile/shown-text.ts';
import { formatPlatform } from '../../image/platform.ts';
import { formatBytes, formatShare } from '../../text/bytes.ts';
import { gateMarkdown } from '../gate/gate-markdown.ts';
import { escapeText } from '../markdown-text.ts';
import type { Report } from '../report.ts';
import { fit } from '../text-dockerfile.ts';
import { instruction } from '../text-layers.ts';
import { findingsSection } from './findings-section.ts';
import { pageOfSections } from './page-of-sections.ts';
import { type MarkdownSection, tableSection, wholeSection } from './section.ts';
import { shortCode, shortText } from './short.ts';
import { wastedFilesSection } from './wasted-files-section.ts';

/** Instructions and layers beyond this are no table to read. */
const most = 500;

/** The report as GitHub-flavoured markdown: for a pull request or a job's summary, which both have a limit. */
export function markdownReport(report: Report): string {
  if (report.budgets !== null) return gateMarkdown(report, report.budgets);
  return pageOfSections([
    wholeSection(summary(report)),
    ...findingsSection(report, '### Findings\n\n', ''),
    ...dockerfile(report),
    ...layers(report),
    ...wastedFilesSection(report),
  ]);
}

function summary({ image, waste }: Report): string {
  const own = image.ownBytes === null ? '' : `, ${formatBytes(image.ownBytes)} on top of the base image`;
  return [
    `## ${shortText(image.names[0] ?? image.reference)}`,
    '',
    `**${formatBytes(image.sizeBytes)}** in ${image.layerCount} layers${own} · **${formatBytes(waste.bytes)} wasted** (${formatShare(waste.percent / 100)}) · ${shortText(formatPlatform(image.platform))}`,
  ].join('\n');
}

function dockerfile({ dockerfile: file }: Report): MarkdownSection[] {
  if (file === null) return [];
  return tableSection({
    rowsAre: 'instructions',
    before: `### ${shortText(file.file)}\n\n${escapeText(fit(file))}\n\n`,
    header: ['line', 'adds', 'of it wasted', 'makes waste', 'instruction'],
    rows: file.instructions.map((line) => [
      String(line.startLine),
      line.layers.length === 0 ? '' : formatBytes(line.addedBytes),
      line.wastedBytes === 0 ? '' : formatBytes(line.wastedBytes),
      line.wastesBytes === 0 ? '' : formatBytes(line.wastesBytes),
      shortCode(shownText(line)),
    ]),
    right: [0, 1, 2, 3],
    most,
  });
}

function layers(report: Report): MarkdownSection[] {
  return tableSection({
    rowsAre: 'layers',
    before: '<details><summary>Layers</summary>\n\n',
    header: ['layer', 'size', 'wasted', 'line', 'step'],
    rows: report.layers.map((layer) => [
      String(layer.index),
      formatBytes(layer.sizeBytes),
      layer.wastedBytes === 0 ? '' : formatBytes(layer.wastedBytes),
      layer.instruction === null ? '' : String(layer.instruction.startLine),
      shortCode(instruction(layer)),
    ]),
    right: [0, 1, 2, 3],
    most,
    after: '\n\n</details>',
  });
}
