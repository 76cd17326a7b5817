import { shownText } from '../dockerfile/shown-text.ts';
import { formatPlatform } from '../image/platform.ts';
import { formatBytes, formatShare } from '../text/bytes.ts';
import { sanitize } from '../text/sanitize.ts';
import { causeTexts } from './cause.ts';
import { code, escapeText, markdownTable } from './markdown-text.ts';
import type { Report } from './report.ts';
import { fit } from './text-dockerfile.ts';
import { costOf, placeOf } from './text-findings.ts';
import { instruction } from './text-layers.ts';

const listed = 20;

/** The report as GitHub-flavoured markdown: for a pull request or a job's summary. */
export function markdownReport(report: Report): string {
  const sections = [summary(report), findings(report), dockerfile(report), layers(report), wastedFiles(report)];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function summary({ image, waste }: Report): string {
  const own = image.ownBytes === null ? '' : `, ${formatBytes(image.ownBytes)} on top of the base image`;
  return [
    `## ${escapeText(image.names[0] ?? image.reference)}`,
    '',
    `**${formatBytes(image.sizeBytes)}** in ${image.layerCount} layers${own} · **${formatBytes(waste.bytes)} wasted** (${formatShare(waste.percent / 100)}) · ${formatPlatform(image.platform)}`,
  ].join('\n');
}

function findings(report: Report): string {
  if (report.findings.length === 0) return '';
  const rows = report.findings
    .slice(0, listed)
    .map((finding) => [
      finding.severity,
      escapeText(finding.rule),
      code(placeOf(finding)),
      costOf(finding),
      `${escapeText(finding.message)} ${escapeText(finding.help)}`,
    ]);
  return `### Findings\n\n${markdownTable(['severity', 'rule', 'where', 'cost', 'what'], rows, [3])}${more(report.findings.length)}`;
}

function dockerfile({ dockerfile: file }: Report): string {
  if (file === null) return '';
  const rows = file.instructions.map((line) => [
    String(line.startLine),
    line.layers.length === 0 ? '' : formatBytes(line.addedBytes),
    line.wastedBytes === 0 ? '' : formatBytes(line.wastedBytes),
    line.wastesBytes === 0 ? '' : formatBytes(line.wastesBytes),
    code(shownText(line)),
  ]);
  const header = ['line', 'adds', 'of it wasted', 'makes waste', 'instruction'];
  return `### ${escapeText(file.file)}\n\n${escapeText(fit(file))}\n\n${markdownTable(header, rows, [0, 1, 2, 3])}`;
}

function layers(report: Report): string {
  const rows = report.layers.map((layer) => [
    String(layer.index),
    formatBytes(layer.sizeBytes),
    layer.wastedBytes === 0 ? '' : formatBytes(layer.wastedBytes),
    layer.instruction === null ? '' : String(layer.instruction.startLine),
    code(instruction(layer)),
  ]);
  const body = markdownTable(['layer', 'size', 'wasted', 'line', 'step'], rows, [0, 1, 2, 3]);
  return `<details><summary>Layers</summary>\n\n${body}\n\n</details>`;
}

function wastedFiles({ waste }: Report): string {
  if (waste.files.length === 0) return '';
  const rows = waste.files
    .slice(0, listed)
    .map((file) => [formatBytes(file.bytes), causeTexts[file.cause].name, code(sanitize(file.path))]);
  const body = markdownTable(['wasted', 'because', 'file'], rows, [0]);
  return `<details><summary>Largest wasted files</summary>\n\n${body}${more(waste.files.length)}\n\n</details>`;
}

function more(count: number): string {
  return count > listed ? `\n\nand ${count - listed} more` : '';
}
